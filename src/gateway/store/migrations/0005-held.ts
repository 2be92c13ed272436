/** Which till asks for a held ticket, and when it asked last: the till that holds it lets it go. */
export const held = `
alter table held_sale add column wanted_by text;
alter table held_sale add column wanted_at bigint;
`;
