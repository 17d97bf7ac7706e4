import type { Update } from '@grammyjs/types';
import { updateLane } from './update-lane.policy';

const rosa = { id: 77, is_bot: false, first_name: 'Rosa' };
const owner = { id: 5, is_bot: false, first_name: 'Owner' };
const lounge = { id: -1001, type: 'supergroup', title: 'Lounge' };

const lane = (update: object) => updateLane({ update_id: 1, ...update } as Update);

describe('Updates that must be handled one after another', () => {
  it('are those about one person, whatever they are', () => {
    expect([
      lane({ message: { from: rosa, chat: { id: 77, type: 'private' } } }),
      lane({ callback_query: { id: '1', from: rosa } }),
      lane({ chat_join_request: { from: rosa, chat: lounge } }),
      lane({ chat_member: { from: rosa, chat: lounge, new_chat_member: { user: rosa } } }),
    ]).toEqual(Array.from({ length: 4 }, () => 'person:77'));
  });

  it('are about the person who came or went, not about the administrator who made them', () => {
    expect(lane({ chat_member: { from: owner, chat: lounge, new_chat_member: { user: rosa } } })).toBe(
      'person:77',
    );
  });

  it('are those of a chat when they are about the bot or about nobody', () => {
    expect(lane({ my_chat_member: { from: owner, chat: lounge } })).toBe('chat:-1001');
    expect(lane({ message: { chat: lounge, migrate_to_chat_id: -1002 } })).toBe('chat:-1001');
  });

  it('are all others, in one lane of their own', () => {
    expect(lane({})).toBe('others');
    expect(lane({ poll: { id: '1' } })).toBe('others');
  });
});
