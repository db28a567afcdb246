package reconcile

import "fmt"

// Origin is a place in a sheet. Row is 1-based as the spreadsheet shows it and
// 0 when the place is the sheet as a whole; Cell ("D12") may be "".
type Origin struct {
	Source string // the document, see Document.Source
	Sheet  string
	Row    int
	Cell   string
}

// String names the place for people: "Sheet1!D12", "Sheet1 dòng 12", "Sheet1".
func (o Origin) String() string {
	switch {
	case o.Sheet == "" && o.Cell != "": // a file of one sheet without a name
		return o.Cell
	case o.Sheet == "" && o.Row > 0:
		return fmt.Sprintf("dòng %d", o.Row)
	case o.Cell != "":
		return o.Sheet + "!" + o.Cell
	case o.Row > 0:
		return fmt.Sprintf("%s dòng %d", o.Sheet, o.Row)
	}
	return o.Sheet
}

// Field names a value of a registration, an estimate or an allocation, as in
// `doisoat check --json`.
type Field string

// The fields that a column of a sheet can hold.
const (
	FieldOrdinal         Field = "ordinal"
	FieldFullName        Field = "full_name"
	FieldFamilyName      Field = "family_name" // Họ đệm, where the name is split
	FieldGivenName       Field = "given_name"  // Tên
	FieldBirthDate       Field = "birth_date"
	FieldSex             Field = "sex"
	FieldEthnicity       Field = "ethnicity"
	FieldReligion        Field = "religion"
	FieldHometown        Field = "hometown"
	FieldCitizenID       Field = "citizen_id"
	FieldPartyDate       Field = "party_date"
	FieldOfficialDate    Field = "official_date"
	FieldPartyMember     Field = "party_member"
	FieldPosition        Field = "position"
	FieldUnit            Field = "unit"
	FieldAgency          Field = "agency"
	FieldEducation       Field = "education"
	FieldPoliticalTheory Field = "political_theory"
	FieldPhone           Field = "phone"
	FieldEmail           Field = "email"
	FieldProgram         Field = "program"
	FieldForm            Field = "form"
	FieldPriority        Field = "priority"
	FieldPlannedPosition Field = "planned_position"
	FieldNote            Field = "note"

	// Of a person's service; see Career.
	FieldEmployment        Field = "employment"
	FieldRank              Field = "rank"
	FieldRankSince         Field = "rank_since"
	FieldRecruited         Field = "recruited"
	FieldMajor             Field = "major"
	FieldRating            Field = "rating"
	FieldCommitment        Field = "commitment"
	FieldFirstPostgraduate Field = "first_postgraduate"
	FieldDefenceGroup      Field = "defence_group"
	FieldMinority          Field = "minority"
	FieldReligiousRank     Field = "religious_rank"

	FieldItem     Field = "item"     // nội dung chi
	FieldUnitName Field = "unit_of"  // đơn vị tính
	FieldClasses  Field = "classes"  // số lớp
	FieldLearners Field = "learners" // số học viên
	FieldQuantity Field = "quantity"
	FieldRate     Field = "rate"
	FieldAmount   Field = "amount"
	FieldPlaces   Field = "places" // a count in a summary or allocation
	FieldSpent    Field = "spent"

	FieldOutcome  Field = "outcome"  // kết quả: hoàn thành, bỏ học
	FieldGrade    Field = "grade"    // xếp loại of the class
	FieldScore    Field = "score"    // điểm
	FieldDecision Field = "decision" // số quyết định, số bằng
	FieldOpened   Field = "opened"   // khai giảng
	FieldClosed   Field = "closed"   // bế giảng
	FieldOwed     Field = "owed"     // months of service owed
	FieldServed   Field = "served"   // months of service done
	FieldCost     Field = "cost"     // of the class for one learner

	FieldIgnored   Field = "ignored" // understood, and of no use here
	FieldUnclear   Field = "unclear" // a header that was not understood
	FieldOtherInfo Field = "other"   // a known header that the model has no field for
)
