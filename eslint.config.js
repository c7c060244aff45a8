import antfu from '@antfu/eslint-config'

/** One `no-restricted-imports` entry: what the folder may not reach into, and why. */
function forbid(files, patterns) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } }
}

const serverInternals = { group: ['**/server/**', '!#contract/*'], message: 'only #contract/* may be imported from the server here' }

/** The house rules of docs/architecture.md ("who may know whom"), as lint errors. */
export default antfu(
  { vue: true, typescript: true, markdown: false, ignores: ['dist', 'data', 'server/db/migrations', 'docs', '*.md'] },
  {
    rules: {
      'no-console': 'off',
      'node/prefer-global/process': 'off',
      'node/prefer-global/buffer': 'off',
      'ts/no-explicit-any': 'error',
      'ts/consistent-type-definitions': ['error', 'interface'],
      'antfu/no-top-level-await': 'off',
      // Breaks every nested literal over lines, which makes short things long.
      'antfu/reasonable-newline': 'off',
    },
  },
  {
    files: ['server/**/*.ts', 'src/**/*.ts', 'src/**/*.vue', 'sandbox/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'only env.ts reads the environment' }] },
  },
  { files: ['server/env.ts', 'sandbox/env.ts'], rules: { 'no-restricted-properties': 'off' } },
  forbid(
    ['src/**/*.ts', 'src/**/*.vue'],
    [
      serverInternals,
      { group: ['**/sandbox/**'], message: 'the H5 knows nothing of the sandbox' },
      { group: ['dingtalk-jsapi', 'dingtalk-jsapi/*'], message: 'only src/container imports the DingTalk SDK' },
    ],
  ),
  forbid(['src/container/**/*.ts'], [serverInternals, { group: ['**/sandbox/**'], message: 'the H5 knows nothing of the sandbox' }]),
  forbid(
    ['sandbox/**/*.ts'],
    [{ group: ['**/server/**', '#contract/*', '**/src/**'], message: 'the sandbox is written from the facts, not from the product' }],
  ),
  forbid(['server/contract/**/*.ts'], [{ regex: '^(?!zod$|\\.{1,2}/|#contract/)', message: 'the contract imports nothing but zod' }]),
  forbid(
    ['server/dingtalk/**/*.ts'],
    [{ group: ['**/crm/**', '**/directory/**', '**/auth/**', '**/notifications/**'], message: 'server/dingtalk knows nothing of the CRM' }],
  ),
  forbid(['server/crm/**/*.ts'], [{ group: ['**/dingtalk/**'], message: 'server/crm knows nothing of DingTalk' }]),
)
