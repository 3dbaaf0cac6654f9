// Holds as many custom IDs as asked for, each with its place, and nothing else.
const [count = '0'] = process.argv.slice(2);
const ids = new Map();
for (let i = 0; i < Number(count); i += 1) ids.set(`case-${i}`, i);
if (ids.size !== Number(count)) throw new Error('IDs are lost');
