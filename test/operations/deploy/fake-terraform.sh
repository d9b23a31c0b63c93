#!/bin/sh
# Does with plans what Terraform does, to test who calls it when: `will-show`, or FAKE_SHOWS, is what the plan says, `state` what is there,
# `forbidden` makes an init fail, `broken` a plan, `unreadable` one that reads what is there, and `breaks` an apply.
echo "$@" >> calls
case $1 in
  init)
    [ ! -e forbidden ] || { cat forbidden >&2; exit 1; }
    ;;
  plan)
    [ ! -e broken ] || { cat broken >&2; exit 1; }
    case "$*" in
      *-refresh=false*) ;;
      *) [ ! -e unreadable ] || { cat unreadable >&2; exit 1; } ;;
    esac
    printf 'a plan' > tfplan
    ;;
  show)
    if [ -e will-show ]; then cat will-show; else printf '%s\n' "${FAKE_SHOWS:-{\}}"; fi
    ;;
  state)
    [ ! -e state ] || cat state
    ;;
  apply)
    [ ! -e breaks ] || exit 1
    : > applied
    ;;
esac
