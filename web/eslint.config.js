import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** Imports go one way: ui, lib, api -> features -> app. */
const forbid = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })
const features = { group: ['@/features/*', '@/features/**'], message: 'Imports go one way: ui, lib, api -> features -> app.' }
const app = { group: ['@/app/*', '@/app/**'], message: 'Imports go one way: ui, lib, api -> features -> app.' }
const upward = { group: ['../*'], message: 'Import across folders with "@/…", so that the direction shows.' }
const router = { group: ['react-router'], message: 'ui knows no router: react-aria\'s RouterProvider makes its links navigate.' }
const query = { group: ['@tanstack/*', 'openapi-*', '@/api/*', '@/api/**'], message: 'ui knows no queries: hand it data.' }
const rawClients = {
  group: ['openapi-fetch', 'openapi-react-query', '@/api/__generated__/*'],
  message: 'Go through @/api/queries and @/api/client.',
}

/** A feature may import its own folder only by relative path, so every "@/features/…" inside a feature is a sideways import. */
const sideways = { group: ['@/features/*', '@/features/**'], message: 'A feature imports no feature: they meet in app.' }
const leaveFeature = { group: ['../../../*', '../../../**'], message: 'Leaves the feature: use "@/ui", "@/lib" or "@/api".' }

const syntax = [
  { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file that defines it.' },
  { selector: "CallExpression[callee.name='useEffect'] AwaitExpression", message: 'No effect fetches: use a query (see @/api/queries).' },
  { selector: "CallExpression[callee.name='useEffect'] CallExpression[callee.name='fetch']", message: 'No effect fetches: use a query (see @/api/queries).' },
  { selector: "CallExpression[callee.name='useEffect'] MemberExpression[property.name='then']", message: 'No effect fetches: use a query (see @/api/queries).' },
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text stays text.' },
]

export default tseslint.config(
  { ignores: ['dist', 'src/api/__generated__', 'node_modules'] },
  js.configs.recommended,
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, jsxA11y.flatConfigs.recommended, reactHooks.configs.flat['recommended-latest'] ?? reactHooks.configs.flat.recommended],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...syntax],
      'no-restricted-globals': ['error', { name: 'localStorage', message: 'Only @/lib/preferences may keep something on the device, and never anything about a person.' }],
      'no-console': 'error',
      // ui/Table spells out the roles a table loses when a phone lays it out as a list.
      'jsx-a11y/no-redundant-roles': ['error', { table: ['table'], thead: ['rowgroup'], tbody: ['rowgroup'], tr: ['row'], ol: ['list'], ul: ['list'] }],
      'jsx-a11y/no-interactive-element-to-noninteractive-role': ['error', { td: ['cell', 'presentation'], th: ['rowheader', 'columnheader'], tr: ['row'] }],
      // Focus belongs where the person asked to go: the first field of a sign-in page or dialog.
      'jsx-a11y/no-autofocus': 'off',
    },
  },
  { files: ['src/ui/**'], rules: forbid(features, app, router, query) },
  { files: ['src/lib/**'], rules: forbid(features, app, query) },
  { files: ['src/api/**'], rules: forbid(features, app, { group: ['@/ui/*'], message: 'api knows no ui.' }) },
  { files: ['src/features/**'], rules: forbid(app, sideways, leaveFeature, rawClients) },
  { files: ['src/app/**'], rules: forbid(upward, rawClients) },
  { files: ['src/**/*.test.{ts,tsx}', 'src/test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': 'off' } },
)
