// Package title reads titles of office (chức vụ, chức danh) as rosters type
// them: "Phó Trưởng phòng Nội vụ", "UVBTV, Bí thư Đảng ủy xã Bình An", "CVC".
// It names the kind of office and, where the words tell, its level.
//
// Titles are free text. What the package does not know it leaves out, so that
// who asks can tell "another title" from "not understood". It must not know
// programs, conditions or laws.
package title
