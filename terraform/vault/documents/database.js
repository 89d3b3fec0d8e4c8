// Run by mongosh once per service, as an administrator, with SERVICE and VAULT_PASSWORD in the environment; may be repeated.
// The role of a service, which reads and writes its documents but changes neither collections nor indexes, and the user of Vault.
const { SERVICE, VAULT_PASSWORD } = process.env;
const admin = db.getSiblingDB('admin');
const role = `${SERVICE}_service`;

if (admin.getRole(role) === null)
  admin.createRole({
    role,
    privileges: [
      {
        resource: { db: SERVICE, collection: '' },
        actions: ['find', 'insert', 'update', 'remove', 'listCollections', 'listIndexes'],
      },
    ],
    roles: [],
  });
// The password only of a new one: Vault changes it.
if (admin.getUser('vault') === null)
  admin.createUser({
    user: 'vault',
    pwd: VAULT_PASSWORD,
    roles: [{ role: 'userAdminAnyDatabase', db: 'admin' }],
  });
