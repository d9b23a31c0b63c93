/** Does `work` with these environment variables and no others. */
export async function withOnly<T>(variables: NodeJS.ProcessEnv, work: () => T | Promise<T>): Promise<T> {
  const before = process.env;
  process.env = variables;
  try {
    return await work();
  } finally {
    process.env = before;
  }
}
