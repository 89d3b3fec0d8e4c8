import type { Migration } from '#adapters/postgres/migration.ts';

export const migrations: readonly Migration[] = [
  {
    name: '0001-reviews',
    up: [
      `create table review.reviews (
         record_id uuid primary key,
         revision integer not null,
         document jsonb not null,
         name text unique,
         product_id uuid not null,
         user_id uuid not null,
         status text not null,
         waits text not null,
         reasons text[] not null,
         rating integer not null,
         score integer not null,
         mark_1 integer,
         mark_2 integer,
         mark_3 integer,
         mark_4 integer,
         created_at timestamptz(3) not null
       )`,
      'create index reviews_newest on review.reviews (product_id, status, created_at, record_id)',
      'create index reviews_helpful on review.reviews (product_id, status, score, record_id)',
      'create index reviews_rated on review.reviews (product_id, status, rating, record_id)',
      'create index reviews_of_user on review.reviews (user_id, created_at, record_id)',
      'create index reviews_waiting on review.reviews (waits, created_at, record_id)',
      'create index reviews_by_status on review.reviews (status, created_at, record_id)',
      'create index reviews_mark_1 on review.reviews (mark_1, created_at, record_id)',
      'create index reviews_mark_2 on review.reviews (mark_2, created_at, record_id)',
      'create index reviews_mark_3 on review.reviews (mark_3, created_at, record_id)',
      'create index reviews_mark_4 on review.reviews (mark_4, created_at, record_id)',
      `create table review.questions (
         record_id uuid primary key,
         revision integer not null,
         document jsonb not null,
         product_id uuid not null,
         status text not null,
         waits text not null,
         created_at timestamptz(3) not null
       )`,
      'create index questions_newest on review.questions (product_id, status, created_at, record_id)',
      'create index questions_waiting on review.questions (waits, created_at, record_id)',
      `create table review.purchases (
         record_id uuid primary key,
         revision integer not null,
         document jsonb not null,
         user_id uuid not null,
         reviewable uuid[] not null
       )`,
      'create index purchases_of_user on review.purchases (user_id)',
      `create table review.ratings (
         record_id uuid primary key,
         revision integer not null,
         document jsonb not null
       )`,
    ],
  },
  {
    name: '0002-people',
    up: [
      // The default also serves the previous release while both run; `npm run review:repair` is not needed for it.
      `alter table review.questions add column people text[] not null default '{}'`,
      `update review.questions set people = (
         select array_agg(distinct right(post ->> 'userId', 17))
         from jsonb_array_elements(jsonb_build_array(document) || (document -> 'answers')) as posts (post))`,
      'create index questions_people on review.questions using gin (people)',
    ],
  },
  {
    name: '0003-participations',
    up: [
      `create table review.participations (
         record_id uuid primary key,
         revision integer not null,
         document jsonb not null,
         name text unique,
         user_id uuid not null
       )`,
      'create index participations_of_user on review.participations (user_id)',
      // A vote of the previous release that comes while both run has none, and keeps its voter if that one is erased.
      `insert into review.participations (record_id, revision, document, name, user_id)
       select id, 1, jsonb_build_object('id', id, 'revision', 1, 'userId', user_id, 'reviewId', review_id),
         user_id || ' ' || review_id, user_id::uuid
       from (
         select gen_random_uuid() as id, review_id, user_id
         from (
           select distinct record_id as review_id, part ->> 'userId' as user_id
           from review.reviews, jsonb_array_elements((document -> 'votes') || (document -> 'reports')) as parts (part)
         ) as people
       ) as participations`,
    ],
  },
  {
    name: '0004-unanswered',
    up: [
      // A question that the previous release stores while both run is missed until it changes.
      `update review.questions set waits = 'answer'
       where waits = 'no' and status = 'approved' and not exists (
         select from jsonb_array_elements(document -> 'answers') as answers (answer)
         where answer ->> 'status' = 'approved')`,
    ],
  },
];
