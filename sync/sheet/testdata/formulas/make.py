"""Writes the workbooks of this folder: formulas that no program has calculated.

    make.py write FOLDER          openpyxl.xlsx, xlsxwriter.xlsx, export.xml, xlwt.xls
    soffice --convert-to xlsx --outdir calculated openpyxl.xlsx
    make.py truth calculated/openpyxl.xlsx > truth.csv
    soffice --convert-to ods --outdir calculated openpyxl.xlsx
    make.py strip calculated FOLDER libreoffice.ods

truth.csv is what LibreOffice calculates: cell, formula, type and value. libreoffice.ods
is what LibreOffice writes, without the results.
"""

import csv
import datetime as dt
import re
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

import openpyxl
from openpyxl.formula import Tokenizer

DATA = [
    ["TT", "Họ và đệm", "Tên", "Ngày sinh", "Mã đơn vị", "Số lượng", "Đơn giá", "Nam", "Ghi chú"],
    [1, "Nguyễn Thị Ánh", "Tuyết", dt.date(1979, 8, 15), "SNV", 2, 1500000, False, "x"],
    [2, "Đinh Văn", "Đức", dt.date(1985, 2, 28), "STC", 3, 250000.5, True, None],
    [3, "Phạm Hồng", "Cường", dt.date(1990, 12, 31), "SNV", 1, 0, True, "  hai  dấu cách "],
    [4, "Lê Thị", "Hòa", dt.date(2000, 2, 29), "UBND", 10, 99, False, "*"],
    [5, "Phạm Văn", "An", dt.date(1968, 1, 1), "stc", None, 1200, True, "012"],
    [6, "Trần", "Bình", None, None, 4, -50, None, "12"],
]
UNITS = [
    ["Mã", "Đơn vị", "Hệ số"],
    ["SNV", "Sở Nội vụ", 1.5],
    ["STC", "Sở Tài chính", 2],
    ["UBND", "UBND huyện Bình Sơn", 0.25],
    [5, "năm", 5],
    [10, "mười", 10],
    [20, "hai mươi", 20],
]

# D is the sheet of people, 'Đơn vị' that of units; both stand in every file.
CASES = '''
1+2*3
-2^2
2^3^2
-(2+3)*4%
10/4
1/0
"a"&1&TRUE
1=1.0
"abc"="ABC"
"a"<"B"
2>"1"
0.1+0.2=0.3
1-0.9-0.1
1.5E3+.5
50%*20
"12"+1
"x"+1
ROW()-1
ROW(D!B5)
ROWS(D!A2:A7)
COLUMN()
COLUMN(D!C1)
COLUMNS(D!A1:I1)
D!A2
D!I3
D!I3&""
D!B2&" "&D!C2
D!D2
SUM(D!F2:F7)
SUM(D!F:F)
SUM(D!F2:F7,10,TRUE,"5")
SUM(D!I2:I7)
SUM(1,2,,3)
SUMIF(D!E2:E7,"SNV",D!F2:F7)
SUMIF(D!E2:E7,"s*",D!F2:F7)
SUMIF(D!F2:F7,">2")
SUMIF(D!F2:F7,">"&2,D!G2:G7)
SUMIFS(D!F2:F7,D!E2:E7,"STC",D!G2:G7,">1000")
SUMPRODUCT(D!F2:F7,D!G2:G7)
SUMPRODUCT((D!E2:E7="SNV")*(D!F2:F7))
SUMPRODUCT(--(D!F2:F7>1))
SUMPRODUCT((LEFT(D!B2:B7,4)="Phạm")*1)
SUMPRODUCT((D!E2:E7="SNV")*(D!F2:F7>1)*D!G2:G7)
SUBTOTAL(9,D!F2:F7)
SUBTOTAL(109,D!F2:F7)
SUBTOTAL(3,D!B2:B7)
SUBTOTAL(103,D!B2:B7)
COUNT(D!A1:I7)
COUNTA(D!A1:I7)
COUNTBLANK(D!A1:I7)
COUNTIF(D!E2:E7,"stc")
COUNTIF(D!E2:E7,"")
COUNTIF(D!E2:E7,"<>")
COUNTIF(D!E2:E7,"<>SNV")
COUNTIF(D!F2:F7,3)
COUNTIF(D!F2:F7,">=3")
COUNTIF(D!F2:F7,"<0")
COUNTIF(D!B2:B7,"*Văn*")
COUNTIF(D!B2:B7,"??n*")
COUNTIF(D!I2:I7,"~*")
COUNTIF(D!D2:D7,">"&DATE(1985,1,1))
COUNTIFS(D!E2:E7,"S*",D!H2:H7,TRUE)
AVERAGE(D!F2:F7)
AVERAGE(D!I2:I7)
AVERAGEIF(D!E2:E7,"SNV",D!F2:F7)
AVERAGEIFS(D!F2:F7,D!E2:E7,"SNV")
MIN(D!G2:G7)
MAX(D!G2:G7)
MAX(D!I2:I7)
MIN(D!A2:A7,-1)
LARGE(D!G2:G7,2)
SMALL(D!G2:G7,2)
RANK(D!F3,D!F2:F7)
PRODUCT(D!F2:F4)
ROUND(2.345,2)
ROUND(-2.5,0)
ROUND(1234567,-3)
ROUND(1.005,2)
ROUNDUP(2.301,1)
ROUNDUP(-2.301,1)
ROUNDDOWN(2.399,1)
TRUNC(-2.7)
INT(-2.5)
INT(2.999)
MOD(7,3)
MOD(-7,3)
MOD(7,-3)
MOD(5,0)
ABS(-3.5)
SIGN(-3)
SQRT(16)
SQRT(-1)
POWER(2,10)
QUOTIENT(7,2)
CEILING(7.2,5)
FLOOR(7.9,5)
IF(D!F2>1,"nhiều","ít")
IF(D!F2>5,"nhiều")
IF(D!I3="","trống",D!I3)
IF(FALSE,1/0,2)
IF(1/0,1,2)
IF(D!F6=0,"không","có")
IFS(D!F2>5,"a",D!F2>1,"b")
IFERROR(1/0,"lỗi")
IFERROR(VLOOKUP("XX",'Đơn vị'!A2:B4,2,FALSE),"không có")
IFNA(MATCH("XX",'Đơn vị'!A2:A4,0),-1)
IFERROR(5,"lỗi")
AND(TRUE,D!F2=2)
AND(D!H2:H6)
OR(FALSE,D!F2=3)
OR(D!H2:H6)
NOT(D!F2=2)
XOR(TRUE,TRUE)
ISBLANK(D!I3)
ISBLANK(D!E7)
ISNUMBER(D!F2)
ISNUMBER(D!I6)
ISTEXT(D!I6)
ISTEXT(D!I3)
ISERROR(1/0)
ISNA(NA())
ISERR(NA())
ISEVEN(4)
ISODD(4)
DATE(1979,8,15)
DATE(2024,14,1)
DATE(2024,3,0)
DATE(24,1,1)
DATEVALUE("1979-08-15")
YEAR(D!D2)
MONTH(D!D2)
DAY(D!D2)
YEAR("1979-08-15")
D!D2+30
D!D3-D!D2
EDATE(D!D4,2)
EDATE(D!D5,12)
EOMONTH(D!D3,0)
DATEDIF(D!D2,D!D5,"Y")
DATEDIF(D!D2,D!D5,"M")
DATEDIF(D!D2,D!D5,"D")
DATEDIF(D!D2,D!D5,"YM")
DATEDIF(D!D2,D!D5,"MD")
DATEDIF(D!D2,D!D5,"YD")
WEEKDAY(D!D2)
WEEKDAY(D!D2,2)
DAYS(D!D3,D!D2)
HOUR(0.75)
MINUTE(0.5104166667)
TIME(7,30,0)
TEXT(D!D2,"dd/mm/yyyy")
TEXT(D!D2,"d/m/yy")
TEXT(D!D2,"yyyy-mm-dd")
TEXT(D!D2,"mm/yyyy")
TEXT(0.3125,"hh:mm")
TEXT(5,"00")
TEXT(1234567.891,"#,##0")
TEXT(1234567.891,"#,##0.00")
TEXT(0.5,"0%")
TEXT(0.1234,"0.0%")
TEXT(-5,"0")
TEXT(7,"""Số ""0")
TEXT("abc","00")
TEXT(12.5,"0.##")
TEXT(51079001234,"000000000000")
VALUE("12")
VALUE("x")
CONCATENATE(D!B2," ",D!C2)
CONCATENATE("a",1,TRUE)
CONCAT(D!B2:C3)
TEXTJOIN("; ",TRUE,D!B2:C3,"x")
TEXTJOIN(",",TRUE,D!I2:I7)
LEFT("Nguyễn",3)
LEFT("Nguyễn")
RIGHT("Nguyễn",3)
MID("Nguyễn Văn An",8,3)
MID("abc",5,2)
LEN("Nguyễn")
LEN(D!I3)
LEN(D!I4)
FIND("v","Nguyễn văn Vinh")
FIND("z","abc")
FIND("n","Nguyễn văn",7)
SEARCH("V","Nguyễn văn")
SEARCH("v?n","Nguyễn văn")
SUBSTITUTE("a-b-c","-","/")
SUBSTITUTE("a-b-c","-","/",2)
REPLACE("abcdef",2,3,"X")
TRIM(D!I4)
UPPER("nguyễn thị ánh")
LOWER("ĐINH VĂN ĐỨC")
PROPER("nguyễn văn AN-bình")
REPT("ab",3)
CHAR(65)
CODE("A")
UNICHAR(272)
EXACT("a","A")
VLOOKUP(D!E2,'Đơn vị'!$A$2:$C$4,2,FALSE)
VLOOKUP("stc",'Đơn vị'!$A$2:$C$4,3,0)
VLOOKUP("XX",'Đơn vị'!$A$2:$C$4,2,FALSE)
VLOOKUP("U*",'Đơn vị'!$A$2:$C$4,2,FALSE)
VLOOKUP(12,'Đơn vị'!$A$5:$B$7,2)
VLOOKUP(12,'Đơn vị'!$A$5:$B$7,2,TRUE)
VLOOKUP(3,'Đơn vị'!$A$5:$B$7,2,TRUE)
VLOOKUP(D!E2,'Đơn vị'!$A$2:$C$4,4,FALSE)
VLOOKUP(D!E2,'Đơn vị'!A:C,2,FALSE)
HLOOKUP("Hệ số",'Đơn vị'!A1:C4,3,FALSE)
LOOKUP(15,'Đơn vị'!A5:A7,'Đơn vị'!B5:B7)
LOOKUP(2,1/(D!E2:E7="SNV"),D!C2:C7)
INDEX(D!B2:C7,2,1)
INDEX(D!C2:C7,3)
INDEX(D!A1:I1,4)
INDEX(D!B2:B7,MATCH("STC",D!E2:E7,0))
INDEX(D!B2:C7,9,1)
SUM(INDEX(D!F2:G7,0,1))
SUM(D!F2:INDEX(D!F2:F7,3))
MATCH("Đức",D!C2:C7,0)
MATCH("đ*",D!C2:C7,0)
MATCH(12,'Đơn vị'!A5:A7)
MATCH(12,'Đơn vị'!A5:A7,1)
CHOOSE(2,"một","hai","ba")
CHOOSE(4,"một","hai","ba")
SUM(CHOOSE(1,D!F2:F3,D!G2:G3))
SUM(OFFSET(D!F2,1,0,2,1))
N(D!B2)
N(TRUE)
T(D!B2)
T(5)
HYPERLINK("https://a.vn","trang")
SWITCH(D!E2,"SNV","nội vụ","khác")
SUM({1,2,3;4,5,6})
INDEX({1,2;3,4},2,1)
ADDRESS(3,28)
XLOOKUP("STC",'Đơn vị'!A2:A4,'Đơn vị'!B2:B4)
XLOOKUP("XX",'Đơn vị'!A2:A4,'Đơn vị'!B2:B4,"không có")
MAXIFS(D!F2:F7,D!E2:E7,"S*")
MINIFS(D!F2:F7,D!E2:E7,"S*")
HeSo*2
SUM(SoLuong)
A9999
1<>2
"a""b"
#N/A
IFERROR(#REF!,"mất")
"1" = 1
TRUE+1
TRUE&""
D!B2=""
D!I3=0
D!I3=""
""=0
LEN(123.5)
1E+20&""
0.1&""
1/3&""
SUM(D!A2:A7)/COUNT(D!A2:A7)
IF(D!A2:A7>3,1,0)
ROUND(SUM(D!G2:G7)*0.015,-2)
'''.strip().split("\n")

NEWER = {"IFS", "IFNA", "CONCAT", "TEXTJOIN", "XLOOKUP", "SWITCH", "MAXIFS", "MINIFS", "XOR", "UNICHAR", "DAYS"}

# What rosters count on from row to row, and what they add up.
ROSTER = [
    ["TT", "Họ và tên", "Số ngày", "Mức chi", "Thành tiền", "Ngày"],
    ["=ROW()-1", "=D!B2&\" \"&D!C2", 2, 150000, "=C2*D2", "=D!D2"],
    ["=A2+1", "=D!B3&\" \"&D!C3", 3, 150000, "=C3*D3", "=DATE(2024,9,5)"],
    ["=MAX(A$2:A3)+1", "=TRIM(D!B4)&\" \"&D!C4", "=C2+C3", "=D3", "=C4*D4", "=F3+C4"],
    [None, "Cộng", "=SUBTOTAL(9,C2:C4)", None, "=SUBTOTAL(9,E2:E4)", None],
    ["=COUNTA(B$2:B6)", "=D!B5&\" \"&D!C5", 5, "=D3", "=C6*D6", "=EDATE(F4,1)"],
    [None, "Tổng cộng", "=SUBTOTAL(9,C2:C6)", None, "=SUM(E2:E4,E6)", None],
]


def prefixed(formula):
    """Newer functions have a prefix in the file."""
    return re.sub(r"\b([A-Z]+)(?=\()", lambda m: "_xlfn." * (m[1] in NEWER) + m[1], formula)


def write_openpyxl(path):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "Công thức"
    for i, formula in enumerate(CASES, 1):
        ws.cell(i, 1, formula).data_type = "s"
        ws.cell(i, 2, "=" + prefixed(formula))
    ws["C1"] = "=SUM(IF(D!E2:E7=\"SNV\",D!F2:F7,0))"
    ws["C2"] = "=SUM(LEN(D!B2:B7))"
    for cell in ("C1", "C2"):
        ws.formula_attributes[cell] = {"t": "array", "ref": cell}
    ws["C3"] = "=C4"
    ws["C4"] = "=C3"
    for name, rows in (("D", DATA), ("Đơn vị", UNITS), ("Dự toán", ROSTER)):
        other = wb.create_sheet(name)
        for row in rows:
            other.append(row)
    for row in range(2, 8):
        wb["D"].cell(row, 4).number_format = "dd/mm/yyyy"
        wb["Dự toán"].cell(row, 6).number_format = "dd/mm/yyyy"
    wb.defined_names.append(openpyxl.workbook.defined_name.DefinedName("HeSo", attr_text="'Đơn vị'!$C$2"))
    wb.defined_names.append(openpyxl.workbook.defined_name.DefinedName("SoLuong", attr_text="D!$F$2:$F$7"))
    wb.save(path)


def write_xlsxwriter(path):
    import xlsxwriter

    wb = xlsxwriter.Workbook(path)
    date = wb.add_format({"num_format": "dd/mm/yyyy"})
    sheets = [wb.add_worksheet(name) for name in ("Công thức", "D", "Đơn vị", "Dự toán")]
    for i, formula in enumerate(CASES):
        sheets[0].write_string(i, 0, formula)
        sheets[0].write_formula(i, 1, "=" + prefixed(formula))
    sheets[0].write_array_formula("C1:C1", "{=SUM(IF(D!E2:E7=\"SNV\",D!F2:F7,0))}")
    sheets[0].write_array_formula("C2:C2", "{=SUM(LEN(D!B2:B7))}")
    sheets[0].write_formula("C3", "=C4")
    sheets[0].write_formula("C4", "=C3")
    for sheet, rows in zip(sheets[1:], (DATA, UNITS, ROSTER)):
        for i, row in enumerate(rows):
            for j, v in enumerate(row):
                if isinstance(v, dt.date):
                    sheet.write_datetime(i, j, v, date)
                elif rows is ROSTER and j == 5 and i > 0 and v:
                    sheet.write_formula(i, j, v, date)
                elif v in ("012", "12", "*"):
                    sheet.write_string(i, j, v)
                elif v is not None:
                    sheet.write(i, j, v)
    wb.define_name("HeSo", "='Đơn vị'!$C$2")
    wb.define_name("SoLuong", "=D!$F$2:$F$7")
    wb.close()


def write_spreadsheetml(path):
    """An export in the XML of Excel 2003, as scripts write it."""

    def r1c1(formula, row, col):
        def corner(match):
            mark_c, letters, mark_r, digits = match.groups()
            text = ""
            if digits:
                text += "R" + (digits if mark_r else f"[{int(digits) - row}]" if int(digits) != row else "")
            if letters:
                n = openpyxl.utils.column_index_from_string(letters)
                text += "C" + (str(n) if mark_c else f"[{n - col}]" if n != col else "")
            return text

        out = "="
        for token in Tokenizer("=" + formula).items:
            if token.type == "OPERAND" and token.subtype == "RANGE" and re.search(r"\d|:", token.value):
                sheet, mark, cells = token.value.rpartition("!")
                out += sheet + mark + re.sub(r"(\$?)([A-Z]{0,3})(\$?)(\d*)", lambda m: corner(m) if m[0] else "", cells)
            else:
                out += token.value
        return out

    def cell(v, row, col, styled):
        style = ' ss:StyleID="ngay"' if styled else ""
        if isinstance(v, str) and v.startswith("="):
            return f"<Cell ss:Index=\"{col}\"{style} ss:Formula={quoteattr(r1c1(v[1:], row, col))}/>"
        kind = "Boolean" if isinstance(v, bool) else "DateTime" if isinstance(v, dt.date) else "Number" if isinstance(v, (int, float)) else "String"
        shown = str(int(v)) if isinstance(v, bool) else v.strftime("%Y-%m-%dT00:00:00.000") if isinstance(v, dt.date) else escape(str(v))
        return f"<Cell ss:Index=\"{col}\"{style}><Data ss:Type=\"{kind}\">{shown}</Data></Cell>"

    cases = [[c, "=" + c if ":INDEX" not in c else None] for c in CASES]  # which the tokenizer takes for a function
    out = ["""<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="ngay"><NumberFormat ss:Format="dd/mm/yyyy"/></Style></Styles>
<Names><NamedRange ss:Name="HeSo" ss:RefersTo="='Đơn vị'!R2C3"/><NamedRange ss:Name="SoLuong" ss:RefersTo="=D!R2C6:R7C6"/></Names>"""]
    for name, rows in (("Công thức", cases), ("D", DATA), ("Đơn vị", UNITS), ("Dự toán", ROSTER)):
        out.append(f'<Worksheet ss:Name="{name}"><Table>')
        for i, row in enumerate(rows, 1):
            dated = {"D": 4, "Dự toán": 6}.get(name) if i > 1 else None
            out.append("<Row>" + "".join(cell(v, i, j, j == dated) for j, v in enumerate(row, 1) if v is not None) + "</Row>")
        out.append("</Table></Worksheet>")
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(out + ["</Workbook>\n"]))


def write_xlwt(path):
    """What xlwt knows of the formulas; it writes 0 for the result of each."""
    import xlwt

    wb = xlwt.Workbook()
    date = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    sheets = [wb.add_sheet(name) for name in ("Công thức", "D", "Đơn vị", "Dự toán")]

    def known(formula):
        if re.search(r"\b(EDATE|EOMONTH|ISEVEN|ISODD|QUOTIENT)\(", formula):  # with these it fails to save
            return None
        try:
            return xlwt.Formula(re.sub(r",(?=(?:[^\"]|\"[^\"]*\")*$)", ";", formula))
        except Exception:
            return None

    for i, formula in enumerate(CASES):
        sheets[0].write(i, 0, formula)
        if known(formula):
            sheets[0].write(i, 1, known(formula))
    for sheet, rows in zip(sheets[1:], (DATA, UNITS, ROSTER)):
        for i, row in enumerate(rows):
            for j, v in enumerate(row):
                if isinstance(v, str) and v.startswith("="):
                    v = known(v[1:])
                if v is not None:
                    dated = i > 0 and (rows is DATA and j == 3 or rows is ROSTER and j == 5)
                    sheet.write(i, j, v, *([date] if dated else []))
    wb.save(path)


def truth(path):
    out = csv.writer(sys.stdout, lineterminator="\n")
    formulas = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    for ws in formulas.worksheets:
        for row in ws.iter_rows():
            for cell in row:
                if cell.data_type != "f" or ws.title == "D":
                    continue
                v = values[ws.title][cell.coordinate]
                kind, shown = {"n": "number", "b": "bool", "e": "error", "d": "date"}.get(v.data_type, "text"), v.value
                if isinstance(shown, bool):
                    kind, shown = "bool", str(shown).upper()
                elif isinstance(shown, (dt.date, dt.datetime)):
                    shown = shown.strftime("%d/%m/%Y")
                elif isinstance(shown, float):
                    shown = f"{shown:.15g}"
                formula = ws.cell(cell.row, 1).value if ws.title == "Công thức" and cell.column == 2 else getattr(cell.value, "text", cell.value)
                out.writerow([ws.title + "!" + cell.coordinate, formula, kind, "" if shown is None else shown])


def strip(source, target):
    """Takes the results of formulas out of what LibreOffice has written."""
    package = zipfile.ZipFile(source + "/openpyxl.ods")
    with zipfile.ZipFile(target + "/libreoffice.ods", "w", zipfile.ZIP_DEFLATED) as out:
        for name in ("mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml"):
            text = package.read(name).decode()
            text = re.sub(r'<table:table-cell (?:[^>"/]|"[^"]*")*(?:/>|>.*?</table:table-cell>)', without_ods, text, flags=re.S)
            out.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else None)


def without_ods(match):
    if "table:formula=" not in match[0]:
        return match[0]
    start = re.match(r'(?:[^>"/]|"[^"]*")*', match[0])[0]
    return re.sub(r' (office:[a-z-]*value[a-z-]*|calcext:value-type)="[^"]*"', "", start) + "/>"


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write_openpyxl(sys.argv[2] + "/openpyxl.xlsx")
        write_xlsxwriter(sys.argv[2] + "/xlsxwriter.xlsx")
        write_spreadsheetml(sys.argv[2] + "/export.xml")
        write_xlwt(sys.argv[2] + "/xlwt.xls")
    elif sys.argv[1] == "strip":
        strip(sys.argv[2], sys.argv[3])
    else:
        truth(sys.argv[2])
