#!/usr/bin/env bash
# Signs a user in and out against the simulator with nothing but curl, as an application in any language does it.
#
#   java -jar ultracart-sso-simulator.jar &
#   docs/examples/sign-in.sh
set -euo pipefail

base_url=${ULTRACART_BASE_URL:-http://localhost:8089/rest/v2}
application_key=${ULTRACART_APPLICATION_KEY:-ultracart-simulator}
user=${ULTRACART_USER:-olivia}

call() {
	local key=$1 method=$2 path=$3 body=${4:-}
	curl --silent --show-error --fail --request "$method" "$base_url$path" \
		--header "x-ultracart-simple-key: $key" \
		--header "X-UltraCart-Api-Version: 2017-03-01" \
		--header "Content-Type: application/json" \
		${body:+--data "$body"}
}

# prints the text of a member of a JSON object; an application has a JSON library for this
member() {
	sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

echo "1. The application asks for a login. It makes a state, and keeps it in the user's session."
state=$RANDOM$RANDOM$RANDOM
login_url=$(call "$application_key" PUT /sso/authorize \
	"{\"redirect_uri\":\"http://localhost:8080/login/ultracart\",\"state\":\"$state\"}" | member login_url)

echo "2. It redirects the browser to the login page, where the user signs in."
redirect=$(curl --silent --show-error --fail --output /dev/null --write-out '%{redirect_url}' \
	--data-urlencode "login=$user" "$login_url")

echo "3. The browser comes back with a code and the state. The application compares the state with its own."
code=$(sed -n 's/.*[?&]code=\([^&]*\).*/\1/p' <<< "$redirect")
returned=$(sed -n 's/.*[?&]state=\([^&]*\).*/\1/p' <<< "$redirect")
if [ "$returned" != "$state" ]; then
	echo "The state is another one: this is not the login of this browser" >&2
	exit 1
fi

echo "4. It exchanges the code, once, for the user's key."
user_key=$(call "$application_key" PUT /sso/token "{\"code\":\"$code\",\"grant_type\":\"simple_key\"}" | member simple_key)

echo "5. With this key it reads the user."
signed_in=$(call "$user_key" GET /sso/session/user | member login)
echo "   Signed in: $signed_in"

echo "6. When the user signs out, it revokes the key."
call "$user_key" DELETE /sso/session/revoke > /dev/null
if call "$user_key" GET /sso/session/user > /dev/null 2>&1; then
	echo "The key is still valid" >&2
	exit 1
fi
echo "   Signed out: $signed_in"
