/** The browser's promise not to drop this origin's storage (`navigator.storage`). */
export type StoragePersistence = { persisted(): Promise<boolean>; persist(): Promise<boolean> };

/**
 * Asks again for the promise: at every start, after installation and at each shift opening, since the browser grants it by
 * rules that change with use. False means: keep selling online, but storage may be dropped.
 */
export async function askForPersistence(storage: StoragePersistence): Promise<boolean> {
  return (await storage.persisted()) || (await storage.persist());
}
