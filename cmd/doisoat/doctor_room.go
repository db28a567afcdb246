package main

import "errors"

// What a disk should have free: a run of a province writes some ten megabytes,
// and PostgreSQL keeps up to a gigabyte of its own log.
const (
	roomNeeded = 200 << 20 // below, the next run may not come to its end
	roomWanted = 2 << 30   // below, somebody should look
)

// checkRoom looks at the disks that this machine writes to: that of the reports
// and that of the private database.
func (a *app) checkRoom(s *system) error {
	places := []string{s.cfg.Reports}
	if s.server != nil {
		places = append(places, s.server.Dir())
	}
	var faults []error
	for _, dir := range places {
		free, known := freeSpace(dir)
		megabytes := free >> 20
		switch {
		case !known:
		case free < roomNeeded:
			faults = append(faults, a.errorf("ổ đĩa chứa %s chỉ còn %d MB, cần ít nhất %d MB; giải phóng dung lượng",
				"the disk of %s has only %d MB left and needs %d MB at least; free some space", dir, megabytes, roomNeeded>>20))
		case free < roomWanted:
			a.note(a.lang.pickf("ổ đĩa chứa %s còn %d MB", "the disk of %s has %d MB left", dir, megabytes),
				a.lang.pick("nên giải phóng dung lượng trước khi đầy", "better free some space before it is full"))
		}
	}
	return errors.Join(faults...)
}
