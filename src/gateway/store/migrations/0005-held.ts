/**
 * Which till asks for a held ticket, and when it asked last: the till that holds it lets it go; and when the one it was given to
 * said that it has it.
 */
export const held = `
alter table held_sale add column wanted_by text;
alter table held_sale add column wanted_at bigint;
alter table held_sale add column got_at bigint;
`;
