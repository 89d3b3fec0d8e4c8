import { documentTables } from '#adapters/postgres/documents.ts';
import type { Migration } from '#adapters/postgres/migration.ts';

export const migrations: readonly Migration[] = [
  { name: '0001-media', up: documentTables('media', 'unusedSince') },
  {
    name: '0002-visibility-and-libraries',
    up: [
      // What something referred to was public.
      `update media.documents set document = document || jsonb_build_object('shownBy', document->'references')
       where kind = 'assets'`,
      `update media.documents set document = document || '{"shown":0}' where kind = 'contents'`,
      `update media.documents as content
       set document = content.document || jsonb_build_object('shown', visible.media)
       from (
         select document->>'sha256' as sha256, count(*) as media from media.documents
         where kind = 'assets' and document->>'status' = 'ready'
           and (document->>'purpose' = 'product' or document->'references' <> '[]')
         group by 1
       ) as visible
       where content.kind = 'contents' and content.document->>'sha256' = visible.sha256`,
      // Which products show what was uploaded before is unknown, so it stays.
      `update media.documents set document = document - 'idleSince'
       where kind = 'assets' and document->>'purpose' = 'product' and document->>'status' = 'ready'`,
      `insert into media.documents (kind, document_id, version, document)
       select 'libraries', id, 1, jsonb_build_object('id', id, 'version', 1, 'ownerId', owner_id, 'entries', entries)
       from (
         select gen_random_uuid() as id, asset.document->>'ownerId' as owner_id,
           jsonb_object_agg(asset.document_id, jsonb_build_object(
             'bytes', coalesce(content.document->'bytes', asset.document->'announced'->'bytes', '0'),
             'isUsed', asset.document->'references' <> '[]'
           )) as entries
         from media.documents as asset
         left join media.document_names as named
           on named.kind = 'contents' and named.name = asset.document->>'sha256'
         left join media.documents as content
           on content.kind = named.kind and content.document_id = named.document_id
         where asset.kind = 'assets' and asset.document->>'purpose' <> 'product'
         group by owner_id
       ) as owned`,
      `insert into media.document_names (kind, name, document_id)
       select kind, document->>'ownerId', document_id from media.documents where kind = 'libraries'`,
      `create index documents_with_hiddenSince on media.documents (kind, document_id) where document ? 'hiddenSince'`,
    ],
  },
];
