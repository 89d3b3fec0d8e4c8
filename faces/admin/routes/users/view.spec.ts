import { describe, expect, it } from 'vitest';
import { parseCustomersView, parseStaffView, rolesWith, staffRolesOf } from './view.ts';

describe('the lists of accounts', () => {
  it('read what they show from the URL, and ignore what they do not understand', () => {
    expect(parseCustomersView({ q: ' sam ', status: 'deactivated', after: 'x', other: 1 })).toEqual({
      q: 'sam',
      status: 'deactivated',
      after: 'x',
    });
    expect(parseCustomersView({ q: '', status: 'gone', erasure: '../x' })).toEqual({});
    expect(parseStaffView({ q: 12, role: 'moderator' })).toEqual({ q: '12', role: 'moderator' });
    expect(parseStaffView({ role: 'customer' })).toEqual({});
  });
});

describe('the roles of an account', () => {
  it('of staff are all but that of customers', () => {
    expect(staffRolesOf(['customer', 'moderator', 'admin'])).toEqual(['admin', 'moderator']);
  });

  it('keep that of a customer, and are never none', () => {
    expect(rolesWith(['customer', 'admin'], ['moderator'])).toEqual(['customer', 'moderator']);
    expect(rolesWith(['admin'], ['moderator'])).toEqual(['moderator']);
    expect(rolesWith(['admin'], [])).toEqual(['customer']);
  });
});
