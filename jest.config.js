const project = {
  testEnvironment: "node",
  transform: { "\\.ts$|/hyparquet(-writer)?/.+\\.js$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  // They are ES modules, which Jest reads from Node 24 on only.
  transformIgnorePatterns: ["/node_modules/(?!hyparquet)"],
  // Each run of `npm test` has temporary files of its own: there nothing would be kept.
  cacheDirectory: "<rootDir>/.runtime/cache/jest",
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/out", "<rootDir>/.runtime"],
};

/** Tests of what the package `factory/` gives to Jest: they need Jest as its users have it. */
const JEST_HELPER = "/factory/test/jest/";

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: 2,
  // A busy machine is slow: only what hangs is to be ended. Jest reads this here, and not in a project.
  testTimeout: 60_000,
  projects: [
    {
      ...project,
      displayName: "unit",
      // Modules are loaded once for all files: half of the time. What it lacks: jest.mock, jest.setTimeout, timeouts.
      runner: "jest-light-runner/child-process",
      setupFiles: ["<rootDir>/test/typescript.mjs"],
      testMatch: ["", "/factory", "/cloud"].map((folder) => `<rootDir>${folder}/test/**/*.test.ts`),
      testPathIgnorePatterns: ["/node_modules/", "\\.spark\\.test\\.ts$", JEST_HELPER],
    },
    { ...project, displayName: "jest helper", testMatch: [`<rootDir>${JEST_HELPER}**/*.test.ts`] },
    { ...project, displayName: "spark", testMatch: ["<rootDir>/test/**/*.spark.test.ts"] },
  ],
};
