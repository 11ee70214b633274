"""Starting and stopping the product: cluster, roles, supervisor. Knows no domain and imports no Django."""
