// Nest 12 is published as ES modules only, which Jest cannot require before Node 24.9: SWC rewrites those packages
// together with our own TypeScript.
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};

const withServices = {
  ...base,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

const flows = { ...withServices, testMatch: ['<rootDir>/test/flows/**/*.spec.ts'] };

module.exports = {
  maxWorkers: 2,
  // Jest takes no timeout from a project: this one is for the tests that start servers.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/test/support/count-reporter.cjs'],
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['src', 'launch', 'test/unit'].map((folder) => `<rootDir>/${folder}/**/*.spec.ts`),
    },
    {
      ...withServices,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.spec.ts', '<rootDir>/test/sandbox/**/*.spec.ts'],
    },
    { ...flows, displayName: 'flows-postgres', setupFiles: ['<rootDir>/test/support/queue-postgres.ts'] },
    { ...flows, displayName: 'flows-redis', setupFiles: ['<rootDir>/test/support/queue-redis.ts'] },
  ],
};
