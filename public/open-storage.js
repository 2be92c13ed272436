// Opens the till's databases while its code is still being read: a cold start waits for both. What is not there yet is not
// made, and the connection is let go at once; the browser keeps the files open for the code that follows.
if (location.pathname !== "/display")
  for (const name of ["ledger", "catalog"]) {
    const opening = indexedDB.open(name);
    opening.addEventListener("upgradeneeded", () => opening.transaction.abort());
    opening.addEventListener("success", () => opening.result.close());
    opening.addEventListener("error", (event) => event.preventDefault());
  }
