const project = {
  testEnvironment: "node",
  transform: { "\\.ts$|/hyparquet(-writer)?/.+\\.js$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  // They are ES modules, which Jest reads from Node 24 on only.
  transformIgnorePatterns: ["/node_modules/(?!hyparquet)"],
  // zod loads its words in 50 languages, once for each file of tests.
  moduleNameMapper: { "^\\.\\./locales/index\\.cjs$": "<rootDir>/node_modules/zod/v4/locales/en.cjs" },
  // Each run of `npm test` has temporary files of its own: there nothing would be kept.
  cacheDirectory: "<rootDir>/.runtime/cache/jest",
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/out", "<rootDir>/.runtime"],
};

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: 2,
  // A busy machine is slow: only what hangs is to be ended. Jest reads this here, and not in a project.
  testTimeout: 60_000,
  projects: [
    {
      ...project,
      displayName: "unit",
      testMatch: ["", "/factory", "/cloud"].map((folder) => `<rootDir>${folder}/test/**/*.test.ts`),
      testPathIgnorePatterns: ["/node_modules/", "\\.spark\\.test\\.ts$"],
    },
    { ...project, displayName: "spark", testMatch: ["<rootDir>/test/**/*.spark.test.ts"] },
  ],
};
