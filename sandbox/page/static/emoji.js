// The emoji that people and bots write by name most; others stay as they are written.

const NAMES = `
+1 👍 -1 👎 thumbsup 👍 thumbsdown 👎 eyes 👀 white_check_mark ✅ heavy_check_mark ✔️ x ❌ warning ⚠️ bug 🐛 beetle 🪲
tada 🎉 rocket 🚀 fire 🔥 wave 👋 pray 🙏 raised_hands 🙌 clap 👏 ok_hand 👌 muscle 💪 point_right 👉 point_up ☝️
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪
large_red_square 🟥 large_blue_square 🟦 large_purple_square 🟪 large_orange_square 🟧 large_green_square 🟩
large_yellow_square 🟨 large_brown_square 🟫 black_large_square ⬛ white_large_square ⬜ black_circle ⚫ large_purple_circle 🟣 large_brown_circle 🟤 small_red_triangle 🔺
bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 postal_horn 📯 trumpet 🎺 speech_balloon 💬 memo 📝 pencil ✏️ pushpin 📌
link 🔗 paperclip 📎 mag 🔍 lock 🔒 key 🔑 wrench 🔧 hammer 🔨 gear ⚙️ package 📦 inbox_tray 📥 outbox_tray 📤
calendar 📆 date 📅 hourglass ⌛ hourglass_flowing_sand ⏳ clock1 🕐 alarm_clock ⏰ stopwatch ⏱️ zzz 💤 palm_tree 🌴
question ❓ exclamation ❗ bulb 💡 information_source ℹ️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 sos 🆘
repeat 🔁 arrows_counterclockwise 🔄 arrow_right ➡️ arrow_up ⬆️ arrow_down ⬇️ heavy_plus_sign ➕ heavy_minus_sign ➖
star ⭐ sparkles ✨ heart ❤️ broken_heart 💔 smile 😄 slightly_smiling_face 🙂 thinking_face 🤔 cry 😢 sweat_smile 😅
money_with_wings 💸 credit_card 💳 moneybag 💰 chart_with_upwards_trend 📈 bar_chart 📊 busts_in_silhouette 👥
bust_in_silhouette 👤 office 🏢 handshake 🤝 recycle ♻️ checkered_flag 🏁 ticket 🎫 robot_face 🤖 lady_beetle 🐞
`;

const words = NAMES.trim().split(/\s+/);
const EMOJI = new Map(words.flatMap((word, index) => (index % 2 ? [] : [[word, words[index + 1]]])));

/** Returns the emoji of a name, or the name between colons where it is not known. */
export const emoji = (name) => EMOJI.get(name) ?? `:${name}:`;

/** Returns text with the emoji it names. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+'-]+):/g, (_, name) => emoji(name));
