# Telling people what is open to them, and why.


invite = The door to <b>{ $group }</b> is open to you: you have { $karma } karma. Ask to join, and you are let in at once.
join-button = Join { $group }
warn = Your karma has fallen to { $karma }, and <b>{ $group }</b> asks for { $needed }. { $missing ->
    [one] One more point
   *[other] { $missing } more points
} by { $until }, and you stay; otherwise you will be removed from the chat.
warn-other = You no longer have what <b>{ $group }</b> asks for: { $reasons } If nothing changes by { $until }, you will be removed from the chat.
recovered = You are safe again in <b>{ $group }</b>: you have { $karma } karma.
removed = You were removed from <b>{ $group }</b>. { $reasons } When that changes, you will be invited again.
declined = <b>{ $group }</b> is not open to you yet. { $reasons }
declined-unlinked = <b>{ $group }</b> is for members of the community. Link your account first: ask your community site for a link to this bot, open it, then ask to join again.
celebrate = 🎉 <b>{ $name }</b> has reached { $karma } karma!

reason-karma-enough = You have { $karma } karma, and { $needed } is enough.
reason-karma-short = You have { $karma } of { $needed } karma: { $missing ->
    [one] one point
   *[other] { $missing } points
} to go.
reason-audience-missing = It is only for: { $audiences }.
reason-not-linked = Your account is not linked.

# Linking an account.

link-ask = Link this Telegram account to <b>{ $name }</b> on <b>{ $site }</b>? If that is not you, say no: somebody else's link may have been sent to you.
link-yes = Yes, that is me
link-no = No
link-done = Linked. You are <b>{ $name }</b> on { $site } now. /chats shows what is open to you.
link-declined = Nothing was linked, and that link does not work any more.
link-used = This link was used already. Ask { $site } for a new one.
link-expired = This link is too old: links work for one hour. Ask { $site } for a new one.
link-foreign = I do not know this link. Ask your community site for a new one, and open it from there.
link-already = This Telegram account is linked to <b>{ $name }</b> on { $site } already. /karma shows where you stand.
link-account-taken = This Telegram account is linked to another member. To move it, send /unlink first, then open the link again.
link-member-has-other = <b>{ $name }</b> on { $site } is linked to another Telegram account. Send /unlink there first, then open the link again.

# Commands.

start-unlinked = Hello! I open private chats to members of a community by their karma. To begin, ask your community site for a link to me and open it.
start-linked = Hello, { $name }! You have { $karma } karma. /karma shows where you stand, /chats what is open to you.
not-linked = This Telegram account is not linked yet. Ask your community site for a link to me and open it.

karma-title = <b>{ $name }</b>, you have <b>{ $karma }</b> karma.
karma-in = <b>{ $group }</b>: you are in ✅
karma-open = <b>{ $group }</b>: open to you. /chats has the button.
karma-short = <b>{ $group }</b>: { $karma } of { $needed }, { $missing ->
    [one] one point
   *[other] { $missing } points
} to go.
karma-at-risk = <b>{ $group }</b>: at risk until { $until } ⚠️ { $reasons }
karma-closed = <b>{ $group }</b>: closed. { $reasons }
karma-barred = <b>{ $group }</b>: an administrator has closed it to you.
karma-leaving = <b>{ $group }</b>: you are being removed. { $reasons }
karma-exempt = <b>{ $group }</b>: you look after it, so karma does not matter.
no-groups = There are no chats yet.

chats-title = What is open to you:
chats-none = Nothing is open to you yet. /karma shows what is missing.
chats-all-in = You are in every chat that is open to you.
chats-stuck = { $group } is open to you, but I cannot let you in at the moment: its administrators must help me first. Try again later.

unlink-ask = Unlink this Telegram account from <b>{ $name }</b>? You will be removed from the chats that your karma opened.
unlink-yes = Yes, unlink
unlink-no = No, keep it
unlink-done = Unlinked. To come back, ask your community site for a new link.
unlink-kept = Nothing has changed.

language-ask = Which language shall I speak?
language-name = English
language-set = I speak English with you now.

help =
    I open private chats to members of a community by their karma.

    /karma: your karma, and how far each chat is
    /chats: what is open to you
    /language: the language I speak with you
    /unlink: unlink this account
    /help: this message

command-karma = Your karma, and how far each chat is
command-chats = What is open to you
command-language = The language I speak with you
command-unlink = Unlink this account
command-help = What I can do

# In groups.

group-claimed = <b>{ $group }</b> is under karma's care now.
group-can-all = I can let members in, remove them and pin milestones. Nothing is missing.
group-can-invite = ✅ I can let members in.
group-cannot-invite = ❌ I cannot let members in: give me the right to invite users.
group-can-remove = ✅ I can remove members.
group-cannot-remove = ❌ I cannot remove members: give me the right to ban users.
group-can-pin = ✅ I can pin milestones.
group-cannot-pin = ❌ I cannot pin milestones: give me the right to pin messages.
group-rights-back = I have all the rights I need again. Work goes on.
group-not-managed = I do not look after this chat: nobody has claimed it. An administrator of the community can make a link that does.
group-claim-foreign = I do not know this link, or it is too old. Make a new one in the administration and add me with it.
group-claim-taken = This chat is under care already, as another group.
group-needs-supergroup = Telegram calls this a basic group, and I cannot look after one. Make the chat history visible to new members in the group's settings: that turns it into a supergroup. Then add me again with a new link.
