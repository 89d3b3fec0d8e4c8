// Each line breaks the rule that its comment names.
import type { Collection } from 'mongodb';

export const breaks = (collection: Collection): unknown[] => [
  collection.aggregate([]), // no-restricted-syntax
  collection.updateOne({}, { $inc: { count: 1 } }), // no-restricted-syntax
  collection.updateMany({}, { $set: { done: true } }), // no-restricted-syntax
  collection.findOneAndUpdate({}, { $push: { list: 1 } }), // no-restricted-syntax
  collection.watch(), // no-restricted-syntax
  collection?.distinct('name'), // no-restricted-syntax
];
