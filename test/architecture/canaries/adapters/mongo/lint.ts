// Each line breaks the rule that its comment names.
import type { Collection } from 'mongodb';

export const breaks = (collection: Collection): unknown[] => [
  collection.aggregate([]), // shop(no-restricted-syntax)
  collection.updateOne({}, { $inc: { count: 1 } }), // shop(no-restricted-syntax)
  collection.updateMany({}, { $set: { done: true } }), // shop(no-restricted-syntax)
  collection.findOneAndUpdate({}, { $push: { list: 1 } }), // shop(no-restricted-syntax)
  collection.watch(), // shop(no-restricted-syntax)
  collection?.distinct('name'), // shop(no-restricted-syntax)
];
