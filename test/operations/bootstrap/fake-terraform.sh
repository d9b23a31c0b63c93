#!/bin/sh
# Does with states what Terraform does, to test who calls it when: `remote.json` is the state in the account, `refusals` counts how often
# the account does not take it yet, `drift` makes a plan find something, `forbidden` is an account that who is signed in may not read.
if [ -e backend_override.tf.json ]; then place=account; else place=folder; fi
case " $* " in
  *" -migrate-state "*) doing="$1 move" ;;
  *) doing=$1 ;;
esac
echo "$doing $place" >> calls

case "$doing" in
  init*)
    if [ $place = account ] && [ -e forbidden ]; then
      echo "Error: Failed to get existing workspaces: unexpected status 403 with AuthorizationPermissionMismatch" >&2
      exit 1
    fi
    ;;
esac
case "$doing" in
  "init move")
    refusals=0
    [ ! -e refusals ] || refusals=$(cat refusals)
    if [ "$refusals" -gt 0 ]; then
      printf '%s' $((refusals - 1)) > refusals
      echo "Error: AuthorizationPermissionMismatch" >&2
      exit 1
    fi
    cp terraform.tfstate remote.json
    : > terraform.tfstate
    ;;
  apply)
    [ ! -e broken ] || exit 1
    if [ $place = account ]; then state=remote.json; else state=terraform.tfstate; fi
    echo '{"resources":[{"type":"azurerm_storage_account"}]}' > $state
    ;;
  plan)
    [ ! -e drift ] || exit 2
    ;;
  state)
    [ ! -e remote.json ] || echo azurerm_storage_account.state_account
    ;;
esac
exit 0
