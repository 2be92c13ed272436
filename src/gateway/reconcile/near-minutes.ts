/** How near the provider's midnight a movement may stand in the neighbouring bill (`books.md` 3). */
export const nearMinutes = 10;
