// The zone of the reader's own clock stands first in the list of zones; without this script it stands in its region.
"use strict";
const RENAMED = {
  "Africa/Asmera": "Africa/Asmara", "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "Asia/Calcutta": "Asia/Kolkata", "Asia/Katmandu": "Asia/Kathmandu", "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh", "Atlantic/Faeroe": "Atlantic/Faroe", "Europe/Kiev": "Europe/Kyiv",
};
const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll("select#zone")) {
  const found = [...field.options].find((option) => option.value === (RENAMED[mine] || mine));
  if (found) field.options[0].after(found);
}
