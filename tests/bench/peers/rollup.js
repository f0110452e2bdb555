// SPDX-License-Identifier: MIT
// rollup.js OUT FOLDER: SheetJS reads each workbook, numbers are added by their place (as binary fractions), and a row per workbook is written.
const fs = require("fs");
const path = require("path");
const XLSX = require("xlsx");
const judge = require("./judge.js");
const [out, folder] = process.argv.slice(2);
const files = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".xlsx")).sort();
const details = [];
const sums = new Map();
for (const file of files) {
    const book = XLSX.readFile(path.join(folder, file));
    const sheets = book.SheetNames.map((name) => XLSX.utils.sheet_to_json(book.Sheets[name], { header: 1 }));
    const row = [file, judge(sheets)];
    sheets.forEach((rows, s) => rows.forEach((cells, r) => (cells || []).forEach((value, c) => {
        if (typeof value !== "number") return;
        const place = [s, r, c].join();
        row.push(value);
        sums.set(place, (sums.get(place) || 0) + value);
    })));
    details.push(row);
}
const result = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(result, XLSX.utils.aoa_to_sheet(details), "units");
XLSX.utils.book_append_sheet(result, XLSX.utils.aoa_to_sheet([...sums]), "sums");
XLSX.writeFile(result, path.join(out, "sums.xlsx"), { compression: true });
