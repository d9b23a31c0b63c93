/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testTimeout: 60_000,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: { "\\.ts$|/hyparquet(-writer)?/.+\\.js$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  // They are ES modules, which Jest reads from Node 24 on only.
  transformIgnorePatterns: ["/node_modules/(?!hyparquet)"],
};
