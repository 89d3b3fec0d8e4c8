export const innocent = 'b';
