/** What type is shown with, by script. */
export const samples: Record<string, string> = {
  latin: "A warm window in the long night: 0123456789",
  greek: "Ένα ζεστό παράθυρο στη μεγάλη νύχτα",
  cyrillic: "Тепле вікно у довгій ночі",
  arabic: "نافذة دافئة في ليل طويل",
  hebrew: "חלון חם בלילה ארוך",
  devanagari: "लंबी रात में एक गर्म खिड़की",
  thai: "หน้าต่างอันอบอุ่นในคืนที่ยาวนาน",
  japanese: "長い夜の、あたたかな窓。",
  korean: "긴 밤의 따뜻한 창문",
  chinese: "长夜里一扇温暖的窗",
};

/** The language that a script's sample is in. */
export const sampleLanguages: Record<string, string> = {
  latin: "en", greek: "el", cyrillic: "uk", arabic: "ar", hebrew: "he", devanagari: "hi", thai: "th", japanese: "ja", korean: "ko", chinese: "zh",
};
