"""What is wrong in a list, and what to know of it besides."""

from __future__ import annotations

from web.phrases.phrase import phrase

LISTS = (
    phrase("is empty; fill it in"),
    phrase("is empty, and so are coordinates; fill in one of them"),
    phrase("is negative; write the sum that is owed, zero or more"),
    phrase("is no sum of money; write digits, as in 1234.50"),
    phrase("is more than a debt can be; look whether the columns are shifted"),
    phrase("is no whole number; write digits only"),
    phrase("is not between %(least)s and %(most)s; write the true number"),
    phrase("is no date that reads only one way; write it as 2026-11-03"),
    phrase("has an offset from UTC; write the time on the city's own clock"),
    phrase("is longer than %(most)s signs; shorten it, or look for shifted columns"),
    phrase("has signs that are no text; write it again"),
    phrase("is no day of the calendar; write it as 2026-11-03"),
    phrase("is not understood; write %(choices)s"),
    phrase("stands on %(lines)s; keep one row per %(what)s"),
    phrase("could not be placed; write a fuller address, or give coordinates"),
    phrase("is no collector of the book; import her first, or mend the id"),
    phrase("is empty beside its partner; fill in both or neither"),
    phrase("is empty beside coordinates; write WGS-84, GCJ-02 or BD-09"),
    phrase("is no time of day; write it as in 09:00"),
    phrase("has no hours; write them as in 09:00-12:00; 18:00-20:00"),
    phrase("the file is empty: nothing to import"),
    phrase("the file has headers and no rows below them: nothing to import"),
    phrase("no stop column: stops (paid, disputed, deceased, …) are not known, not checked"),
    phrase("no last-visit column: days between visits count from visits recorded here"),
    phrase("no appointment column: appointments are not known"),
    phrase("no promise column: promises that fall due are not known"),
    phrase("no availability column: every lawful hour counts as suitable"),
    phrase("no skills column: any collector may be sent, as far as skills go"),
    phrase("no source column: the source of each address is 'lender's file'"),
    phrase("no lawful-basis column: the basis of each address is 'contract'"),
    phrase(
        "no client id or identity number: borrowers are told apart by name and phone, without a "
        "phone by contract, and visits are counted that way"
    ),
    phrase("no phone column: contact before a visit is not possible from here"),
    phrase(
        "%(lines)s: name, phone or windows differ from an earlier row of the same borrower; "
        "the earlier row's are taken"
    ),
    phrase("no days-past-due column: 0 is taken, buckets are not known"),
    phrase("no overdue column: 0 is taken, what a visit may recover is not known"),
    phrase("names %(skills)s, which no list of skills has; write some of %(known)s"),
    phrase(
        "%(lines)s: stop %(stop)s is not known and stops the case as 'other'; where the case "
        "is not to be stopped, write 否 or no"
    ),
    phrase("%(lines)s: the bucket contradicts days past due, which hold"),
    phrase("%(lines)s: looks like the template's made-up row; delete it"),
    phrase("no certificate column: expired certificates are not seen"),
    phrase("no skills column: cases that need a skill find nobody"),
    phrase("no travel-mode column: everybody goes by car"),
    phrase("no column says where collectors start; add '出发地址 / Start address'"),
    phrase("names the collector herself; name the others"),
    phrase("%(lines)s: never-with names ids that this file has not"),
    phrase("names %(day)s, which is no weekday; write Mon-Fri, or 周一至周五"),
    phrase("is no time of day; write one from 00:00 to 24:00"),
    phrase("is no length of time; write minutes, as in 30"),
    phrase("is no day with its hours; write it as in 2026-11-23 14:00-16:00"),
    phrase("has %(span)s, which ends before it starts; write hours of one day, as in 18:00-20:00"),
    phrase("has no hours; write breaks as in 12:00-13:00, or 30min 11:30-13:30"),
    phrase("has a break of %(length)s that does not fit %(span)s; write a shorter one"),
    phrase("is the first again; name the other of the two"),
    phrase("is in another pair of the same day (%(lines)s); keep one"),
    phrase("no column has an address or coordinates; add one, or map yours"),
    phrase(
        "coordinates without the name of a place stand beside several addresses; name them "
        "after one: '家庭纬度 / Home latitude'"
    ),
    phrase("column %(column)s has no partner; add the column %(other)s"),
    phrase(
        "%(columns)s are coordinates without a datum: say whether they are WGS-84 (GPS, OSM), "
        "GCJ-02 (高德, 腾讯) or BD-09 (百度), in a column '坐标系 / Datum' or once for the file"
    ),
    phrase("line %(line)s"),
    phrase("lines %(numbers)s"),
    phrase("lines %(numbers)s and %(count)s more"),
    phrase("line %(line)s, column %(column)s: %(value)s %(problem)s"),
    phrase(
        "the CSV cannot be split into cells (%(error)s): look for a quotation mark without its "
        "partner, or save the list as .xlsx"
    ),
    phrase("encoding %(encoding)s is not known; try 'gb18030' or 'big5'"),
    phrase(
        "the text is not %(encoding)s (%(error)s): save it as CSV UTF-8 or .xlsx, or name its "
        "encoding"
    ),
    phrase("the file is no text: save the list as .xlsx or as CSV UTF-8"),
    phrase("the CSV cannot be read (%(error)s): save the list as .xlsx"),
    phrase("no break column: days are planned without a rest"),
    phrase("no overtime column: nobody works past the end of her shift"),
    phrase("is not from %(date)s to a year later; write the last day of the shift"),
    phrase("are none of the days from date to until; mend one of them"),
    phrase(
        "is not after the start (%(start)s); a shift that passes midnight is not supported: "
        "end it at 24:00 and begin another on the next day"
    ),
    phrase("is not inside the shift; write hours between its start and end"),
    phrase("has two shifts on %(date)s (%(lines)s); write one with a break between"),
    phrase("is a PDF: ask for the list as a spreadsheet, or %(save)s"),
    phrase(
        "is an old Excel file (.xls) or one that is protected by a password: open it "
        "in a spreadsheet program and save it as .xlsx without a password"
    ),
    phrase("is a picture: ask for the list as a spreadsheet"),
    phrase("is a compressed archive: unpack it and import the file inside"),
    phrase("the file is a compressed archive: unpack it and import the file inside"),
    phrase("is a database, not a list"),
    phrase("the file is a web page or XML, whatever its name says: %(save)s"),
    phrase("the workbook is damaged (%(error)s): %(save)s"),
    phrase("the file is a binary workbook (.xlsb): %(save)s"),
    phrase("the file is a document of another program, not an .xlsx: %(save)s"),
    phrase("open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8"),
    phrase("the file is empty: no cell of its first rows has text"),
    phrase(
        "no header is understood among the first %(rows)s rows; they begin with %(seen)s: use "
        "the template's headers, or map yours to fields"
    ),
    phrase("is no number or name; write one"),
    phrase(
        "is a long number whose last digits a spreadsheet dropped; format the column as text "
        "and enter the number again"
    ),
    phrase("is not a year from %(first)s to %(last)s; write the true date"),
    phrase(
        "is no latitude with streets (%(least)s to %(most)s); look whether latitude and "
        "longitude are swapped"
    ),
    phrase("is no longitude (-180 to 180); write decimal degrees, as in 116.3975"),
    phrase("is no number of degrees; write decimals, as in 39.9087"),
    phrase(
        "the workbook cannot be read (%(error)s): open it in a spreadsheet program and save it "
        "again as .xlsx"
    ),
    phrase(
        "the list has more than %(most)s rows, the blank ones counted: delete what is blank below "
        "it, or split it and import the parts"
    ),
    phrase(
        "the list has more than %(most)s cells, the empty ones counted: remove columns and rows "
        "that are not needed"
    ),
    phrase(
        "the workbook unpacks to %(size)s MB, and %(most)s MB are read at most: save the one sheet "
        "alone, or as CSV UTF-8"
    ),
    phrase("there is no sheet %(sheet)s; there are %(sheets)s"),
    phrase("the workbook has no visible sheet: show the one to import"),
    phrase("sheet %(sheet)s was read; not read: %(others)s"),
    phrase("is an error of the spreadsheet (cell %(cell)s); mend the cell"),
    phrase(
        "is a formula without a result (cell %(cell)s); open the file in a spreadsheet program "
        "and save it, or paste values"
    ),
    phrase("no column %(column)s is there; add it, or map one of %(headers)s to %(field)s"),
    phrase("the mapping names header %(header)s, which the file has not"),
    phrase("the mapping names field %(field)s, which is none; perhaps %(other)s"),
    phrase("column %(column)s has no header and is not used; write one above it"),
    phrase("column %(column)s is not used; if it is %(meaning)s, map %(header)s to %(field)s"),
    phrase("column %(column)s is not used; to use it, map %(header)s to %(field)s"),
    phrase("column %(column)s is not used"),
    phrase("%(headers)s both mean %(field)s; rename or delete all but one"),
    phrase("with 0 beside it lies in the open sea; leave both empty if unknown"),
    phrase("the file %(problem)s"),
    phrase("no column names the places; add '名称 / Name', or a street and a number"),
    phrase("is empty; write what the compound or lane is called"),
    phrase("is empty; write the street of the number"),
    phrase("is empty; write the number as in 88号, or the building as in 3栋"),
    phrase("is no street number; write it as 88号"),
    phrase("names no building; write it as 3栋"),
    phrase("lies outside the city's map with its longitude: the two are swapped"),
    phrase("lies outside the city's map (%(box)s) with its longitude; mend them, or the datum"),
)
