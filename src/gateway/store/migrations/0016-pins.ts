/** Who knows a PIN besides its holder (books.md 8). */
export const pins = `
-- Who had the PIN made and was shown it: owner or a staff id; the holder where they chose it themselves, null where nobody of the
-- office made it.
alter table staff add column pin_made_by text;
`;
