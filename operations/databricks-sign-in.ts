/** Variables by which the Databricks provider signs in otherwise than by Azure; beside Azure's sign-in it refuses to choose. */
const OTHERS = [
  "DATABRICKS_TOKEN",
  "DATABRICKS_CLIENT_ID",
  "DATABRICKS_CLIENT_SECRET",
  "DATABRICKS_USERNAME",
  "DATABRICKS_PASSWORD",
];

type Variables = Readonly<NodeJS.ProcessEnv>;

/** The names of those that are set. */
export const otherSignIns = (variables: Variables): readonly string[] => OTHERS.filter((name) => variables[name]);

export const withoutOtherSignIns = (variables: Variables): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !OTHERS.includes(name)));
