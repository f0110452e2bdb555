// SPDX-License-Identifier: MIT
// A file read into an exceljs workbook; how many of its row totals are wrong.
const judge = require("./judge.js");
module.exports = async (book, file) => {
    await book.xlsx.readFile(file);
    const sheets = [];
    book.eachSheet((sheet) => { const rows = []; sheet.eachRow((row) => rows.push(row.values)); sheets.push(rows); });
    return judge(sheets);
};
