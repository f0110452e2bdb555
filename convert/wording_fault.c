/* SPDX-License-Identifier: MIT */
/* What is said of a file that cannot be read: one line, what it is and what to do; and of one that could not be written over. */
#include <string.h>

#include "text.h"
#include "wording.h"

static const char *const kind_names[][2] = {
    [FILE_UNKNOWN] = { "不认识的文件", "a file of unknown kind" }, [FILE_XLSX] = { " Excel 工作簿", "an Excel workbook" },
    [FILE_XLS] = { " Excel 97-2003 工作簿", "an Excel 97-2003 workbook" }, [FILE_XLSB] = { " Excel 二进制工作簿（.xlsb）", "an Excel binary workbook (.xlsb)" },
    [FILE_ENCRYPTED_OOXML] = { "加密的文件", "an encrypted file" }, [FILE_ODS] = { " ODF 文档", "an ODF document" },
    [FILE_DOCX] = { " Word 文档（.docx）", "a Word document (.docx)" }, [FILE_DOC] = { " Word 或 WPS 文字文档（.doc/.wps）", "a Word document (.doc)" },
    [FILE_PPT] = { "演示文稿", "a presentation" }, [FILE_PDF] = { " PDF 文件", "a PDF file" }, [FILE_OFD] = { " OFD 版式文件", "an OFD file" },
    [FILE_ZIP] = { "压缩包", "a zip archive" }, [FILE_RAR] = { " RAR 压缩包", "a RAR archive" }, [FILE_7Z] = { " 7z 压缩包", "a 7z archive" },
    [FILE_HTML] = { "网页", "a web page" }, [FILE_XML] = { " XML 文件", "an XML file" }, [FILE_TEXT] = { "纯文本", "plain text" },
    [FILE_MHT] = { "网页归档（.mht）", "a web archive (.mht)" }, [FILE_XMLSS] = { " XML 表格（Excel 2003）", "an XML spreadsheet (Excel 2003)" },
    [FILE_IMAGE] = { "图片", "a picture" }, [FILE_OLE] = { "不是工作簿的 Office 文件", "an Office file that is no workbook" },
    [FILE_ODT] = { " ODF 文字文档（.odt）", "an ODF text document" }, [FILE_SUMMARY] = { "本程序写的摘要", "a summary written by this program" },
};

/* What to do with a file of another kind. */
static const char *
advice(enum file_kind kind, bool english)
{
    switch (kind) {
    case FILE_ZIP: case FILE_RAR: case FILE_7Z:
        return english ? "Unpack it and give the workbook inside." : "请先解压，再把里面的 Excel 文件拖进来。";
    case FILE_PDF: case FILE_OFD: case FILE_IMAGE:
        return english ? "Give the workbook it was made from." : "请用制作它的那份 Excel 文件；没有的，请把数填进空白模板。";
    case FILE_DOCX: case FILE_DOC:
        return english ? "Open it in Word or WPS, save as .docx and give that." : "请用 Word 或 WPS 打开，另存为 .docx 后再拖进来。";
    case FILE_TEXT:
        return english ? "No table was recognised in it: tabs, commas or several blanks must part the columns. Give the original file instead."
                       : "里面没有认出表格：列与列之间要用制表符、逗号或两个以上空格隔开。请改用原来的 Word 或 Excel 文件。";
    case FILE_SUMMARY:
        return english ? "Give the report itself." : "请拖入年报本身：摘要旁边的 .xlsx，或者您的原件。";
    case FILE_PPT:
        return english ? "Copy its tables into a workbook, save as .xlsx and give that." : "请用 WPS 或 Excel 新建表格，把三张表复制进去，另存为 .xlsx 后再拖进来。";
    default:
        return english ? "Open it in Excel or WPS, save as .xlsx and give that." : "请用 WPS 或 Excel 打开，另存为 .xlsx 后再拖进来。";
    }
}

struct sentence { const char *zh, *en; };

static const struct sentence sentences[STATUS_COUNT] = {
    [STATUS_NOT_FOUND] = { "找不到这个文件。请核对文件名和文件夹。", "There is no such file. Check its name and folder." },
    [STATUS_PERMISSION] = { "没有读取这个文件的权限。请复制到自己的文件夹再试。", "No permission to read it. Copy it to a folder of yours." },
    [STATUS_EMPTY] = { "文件是空的（0 字节）。可能没有下载或保存完整，请重新取一份。", "The file is empty (0 bytes). Get it again." },
    [STATUS_TRUNCATED] = { "文件不完整，后面缺了一段。可能没有下载或复制完，请重新取一份。", "The file is cut short. Get it again." },
    [STATUS_NOT_A_WORKBOOK] = { "这是{kind}，里面没有 Excel 工作簿。{advice}", "This is {kind}, without a workbook. {advice}" },
    [STATUS_ENCRYPTED] = { "打不开：文件设有打开密码，文件未改动。请用 Excel（文件→信息→保护工作簿）或 WPS（文件→文档加密）清除密码，另存一份再拖进来。",
                           "The file is encrypted. Remove its password in Excel or WPS, save a copy and give that." },
    [STATUS_XLSB] = { "这是 Excel 二进制工作簿（.xlsb），不能直接读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后再拖进来。",
                      "This is an Excel binary workbook (.xlsb). Save it as .xlsx and give that." },
    [STATUS_UNSUPPORTED] = { "这是{kind}，不能直接读取。{advice}", "This is {kind}, which cannot be read. {advice}" },
    [STATUS_NO_TABLE] = { "没有找到年度报告的任何一张表。请确认拿的是政府信息公开工作年度报告的统计表；表如果是图片，请换成可以编辑的表格。",
                          "None of the report's tables was found. Is it the right file, and are the tables no pictures?" },
    [STATUS_TOO_BIG] = { "文件太大，超出了年度报告表格可能的大小。请删去无关的工作表和空行，另存为 .xlsx 后再试。",
                         "The file is too big for a report. Delete unrelated sheets and empty rows and save it again." },
    [STATUS_MEMORY] = { "读取这个文件需要的内存太多。请删去无关的工作表和空行，另存为 .xlsx 后再试。",
                        "The file needs too much memory. Delete unrelated sheets and empty rows and save it again." },
    [STATUS_DAMAGED] = { "文件已损坏。请用 Excel 或 WPS 打开修复，另存为 .xlsx 后再拖进来；打不开的请重新取一份。",
                         "The file is damaged. Let Excel or WPS repair and save it, or get it again." },
    [STATUS_READER_CRASHED] = { "读取这个文件时程序出了问题。请用 Excel 或 WPS 另存为 .xlsx 后再试。", "Reading it failed. Save it as .xlsx in Excel or WPS and try again." },
    [STATUS_OUTPUT] = { "写不出结果。", "The output could not be written." },
    [STATUS_DEFINITION] = { "格式定义有误：", "A form definition is wrong: " },
};

/* What is said otherwise of a document. */
static const struct sentence of_documents[STATUS_COUNT] = {
    [STATUS_TOO_BIG] = { "文件太大，超出了年度报告可能的大小。请删去无关的表格和文字，另存一份后再试。",
                         "The file is too big for a report. Delete unrelated tables and text and save it again." },
    [STATUS_MEMORY] = { "读取这个文件需要的内存太多。请删去无关的表格和文字，另存一份后再试。",
                        "The file needs too much memory. Delete unrelated tables and text and save it again." },
    [STATUS_DAMAGED] = { "文件已损坏。请用 Word 或 WPS 打开修复，另存一份再拖进来；打不开的请重新取一份。",
                         "The file is damaged. Let Word or WPS repair and save it, or get it again." },
};

static const struct sentence held = {
    "文件正被别的程序占用（可能正在 Excel 或 WPS 里打开，或者正在同步、扫描），现在读不了。请关掉那个程序，稍等一会儿再试。",
    "Another program keeps it to itself (Excel, or it is being synchronised). Close that program and try again."
};

const char *
fault_plain(enum status status, enum language language)
{
    const struct sentence *s = &sentences[status < STATUS_COUNT ? status : STATUS_DAMAGED];
    return language == LANGUAGE_EN ? s->en : s->zh;
}

char *
fault_sentence(struct arena *arena, const char *file, const struct fault *fault, enum language language)
{
    bool english = language == LANGUAGE_EN;
    const char *base = strrchr(file, '/');
    const struct slot_text slots[] = { { "kind", kind_names[fault->kind][english] }, { "advice", advice(fault->kind, english) } };
    const struct sentence *own = &of_documents[fault->status < STATUS_COUNT && file_is_document(fault->kind) ? fault->status : STATUS_OK];
    const char *pattern = fault->held ? (english ? held.en : held.zh)
                        : own->zh != NULL ? (english ? own->en : own->zh) : fault_plain(fault->status, language);
    char *sentence = wording_fill(arena, pattern, slots, sizeof slots / sizeof *slots);
    struct text out = text_new(arena);
    text_printf(&out, english ? "%s: %s" : "《%s》：%s", base && base[1] ? base + 1 : file, sentence ? sentence : status_code(fault->status));
    if (*fault->where && fault->status != STATUS_NO_TABLE)
        text_printf(&out, english ? " (%s)" : "（%s）", fault->where);
    return sentence && !out.failed ? out.at : NULL;
}

char *
output_sentence(struct arena *arena, const char *path, const struct fault *fault, enum language language)
{
    static const struct wording wording = {
        "没有写成“{what}”（{why}）。请检查磁盘空间和文件夹的写入权限，或者用 -o 换一个地方。",
        "Could not write {what} ({why}). Check free space and permissions, or choose another place with -o.",
    };
    static const struct wording memory = {
        "没有写成“{what}”：内存不够。请关掉别的程序再试；一次处理很多文件的，分几次处理。",
        "Could not write {what}: out of memory. Close other programs and try again, or take fewer files at a time.",
    };
    const struct wording *it = fault->status == STATUS_MEMORY ? &memory : &wording;
    return wording_fill(arena, wording_text(*it, language), (struct slot_text[]){ { "what", path }, { "why", fault->where } }, 2);
}

struct wording
obstacle_wording(enum obstacle obstacle)
{
    static const struct wording wordings[] = {
        [OBSTACLE_NONE] = { "", "" },
        [OBSTACLE_KEPT] = { "“{what}”是这次要核对的文件（或者是这次另一个文件的结果），没有覆盖；这次的结果写在“{why}”。",
                            "{what} is an input of this run (or the result of another input), so it was not replaced; the result is in {why}." },
        [OBSTACLE_CHANGED] = { "“{what}”有人改过（或者设成了只读，或者不是本程序写的），没有覆盖；这次的结果写在“{why}”。",
                               "{what} was changed by somebody (or is read-only, or not of this program), so it was not replaced; the result is in {why}." },
        [OBSTACLE_HELD] = { "“{what}”正在别的程序（多半是 Excel 或 WPS）里打开，没有覆盖；这次的结果写在“{why}”。",
                            "{what} is open in another program (probably Excel or WPS), so it was not replaced; the result is in {why}." },
    };
    return wordings[obstacle];
}
