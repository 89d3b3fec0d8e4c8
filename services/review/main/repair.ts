import { Container } from 'inversify';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeRecountRating, makeRepairRatings } from '../core/application/publish-ratings.ts';
import type { StorageTools } from './storage.mongo.ts';
import { storage, Storage } from './storage.ts';

/** Corrects and publishes all ratings that differ from the reviews of a store; returns how many. */
export const makeRepair = (tools: StorageTools): (() => Promise<number>) => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(tools));
  const { reviews } = container.get(Storage.Queries);
  return makeRepairRatings(container.get(Storage.UnitOfWork), reviews, makeRecountRating(toWire));
};
