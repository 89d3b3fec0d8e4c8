export type EventPayloads = object;
