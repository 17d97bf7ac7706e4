/** Stops what the global set-up has started. */
export = async function tearDown(): Promise<void> {
  const { postgres, redis } = globalThis.testServices ?? {};
  await Promise.all([postgres?.remove(), redis?.remove()]);
  globalThis.testServices = undefined;
};
