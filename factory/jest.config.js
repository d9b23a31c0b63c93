/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testTimeout: 60_000,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2022" } }] },
};
