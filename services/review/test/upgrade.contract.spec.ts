import { expect } from 'vitest';
import { upgradeContract, type Readings } from '#test/contracts/upgrade.contract.ts';
import { review as module } from '../main/module.ts';
import { openReviews } from './stores.rig.ts';

type Reading = Readings[string];

const idOf = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;

const votersAreKnown: Reading = async (toolbox) => {
  const { participations } = openReviews(toolbox);
  expect(await participations.ofUser(idOf('22'), 9)).toMatchObject([{ revision: 1, reviewId: idOf('01') }]);
  expect(await participations.ofUser(idOf('21'), 9)).toEqual([]);
};

const unansweredAreKnown: Reading = async (toolbox) => {
  const { questions } = openReviews(toolbox);
  expect(await questions.waiting({ awaited: 'answer', limit: 9 })).toMatchObject({
    ok: true,
    value: { items: [{ id: idOf('41') }] },
  });
};

upgradeContract(module, {
  '0003-participations': async (toolbox) => {
    await unansweredAreKnown(toolbox);
    const { participations } = openReviews(toolbox);
    expect(await participations.ofUser(idOf('22'), 9)).toMatchObject([{ reviewId: idOf('01') }]);
  },
  '0002-people': async (toolbox) => {
    await votersAreKnown(toolbox);
    const { unitOfWork, participations, questions } = openReviews(toolbox);
    const [reporter, review] = [idOf('23'), idOf('01')];
    const [kept] = await participations.ofUser(reporter, 9);
    expect(kept).toMatchObject({ reviewId: review });
    expect(await unitOfWork.run((tx) => tx.participations.of(reporter, review))).toEqual(kept);
    expect(await questions.ofPerson(idOf('21'), 9)).toMatchObject([{ id: idOf('41') }]);
    await unansweredAreKnown(toolbox);
  },
  '0001-reviews': async (toolbox) => {
    await votersAreKnown(toolbox);
    const { unitOfWork, reviews, purchases, questions } = openReviews(toolbox);
    const [review, product, shopper] = [idOf('01'), idOf('11'), idOf('21')];
    const found = await reviews.find(review);
    expect(found).toMatchObject({ version: 2, title: 'Warm', votes: [{ isHelpful: true }] });
    expect(await unitOfWork.run((tx) => tx.reviews.ofAuthor(shopper, product))).toEqual(found);
    expect(await reviews.page({ productId: product, sort: 'helpful', limit: 2 })).toMatchObject({
      ok: true,
      value: { items: [{ id: review, helpful: 1 }] },
    });
    expect(await reviews.histogram(product)).toEqual([0, 0, 0, 1, 0]);
    expect(await questions.page({ productId: product, limit: 2 })).toMatchObject({
      ok: true,
      value: { items: [{ id: idOf('41'), text: 'Is it warm?' }] },
    });
    expect(await purchases.entitling(shopper, product)).toMatchObject({ id: idOf('31') });
    expect(await unitOfWork.run((tx) => tx.ratings.find(product))).toMatchObject({ revision: 3 });
  },
});
