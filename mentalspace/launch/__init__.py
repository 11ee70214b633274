"""Starting and stopping the product: the cluster, its roles, the supervisor. Knows no domain and imports no Django."""
