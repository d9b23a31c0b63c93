import tseslint from "typescript-eslint";

const barrels = {
  paths: ["@cdktf/provider-azurerm", "@cdktf/provider-databricks"].map((name) => ({
    name,
    message: "Import the resource by its deep path: the root barrel loads 1,500 modules.",
  })),
};

export default tseslint.config(
  { ignores: ["node_modules", "**/dist", "cdktf.out", "out", ".runtime", "**/jest.config.js"] },
  ...tseslint.configs.strict,
  {
    rules: {
      "no-restricted-imports": ["error", barrels],
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["cloud/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { ...barrels, patterns: [{ group: ["../../**"], message: "cloud/ stands alone, but for adf-local." }] },
      ],
    },
  },
  {
    files: ["local/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          ...barrels,
          patterns: [
            {
              group: ["**/stacks/*", "**/components/*", "**/pipelines/*", "**/environments/*", "cdktf*", "@cdktf/*"],
              message:
                "local/ runs what is synthesized, and knows nothing else of the program: what runs is what deploys.",
            },
          ],
        },
      ],
    },
  },
);
