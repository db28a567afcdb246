package web

import "net/netip"

// hostOf is the IP address of "address" or "address:port", "" when it is none.
func hostOf(text string) string {
	if at, err := netip.ParseAddrPort(text); err == nil {
		return at.Addr().Unmap().WithZone("").String()
	}
	if addr, err := netip.ParseAddr(text); err == nil {
		return addr.Unmap().WithZone("").String()
	}
	return ""
}

func (s *Server) isProxy(host string) bool {
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, p := range s.Site.Proxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}
