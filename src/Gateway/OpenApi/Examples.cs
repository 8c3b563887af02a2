namespace BlueEdge.Gateway.OpenApi;

/// <summary>Bodies that run as they are on the sample engines, one that calls a receiver, and one that makes a key.</summary>
internal static class Examples
{
    public static (string Name, string Json)[] SingleEngine { get; } =
    [
        (
            "hello: greet somebody",
            """
            {
              "engineId": "hello",
              "inputs": { "Control": { "type": "JSON", "payload": { "name": "Ada" } } },
              "outputs": { "Result": { "type": "JSON", "interested": true } },
              "waitTimeSecond": 10
            }
            """
        ),
        (
            "delay: hold a slot for two seconds",
            """
            {
              "engineId": "delay",
              "inputs": { "Control": { "type": "JSON", "payload": { "seconds": 2 } } },
              "outputs": { "Result": { "type": "JSON", "interested": true } },
              "waitTimeSecond": 10
            }
            """
        ),
    ];

    public static (string Name, string Json)[] Engine { get; } =
    [
        (
            "an engine that starts at zero instances",
            """
            {
              "name": "My engine",
              "inputs": [{ "name": "In", "type": "JSON" }],
              "outputs": [{ "name": "Out", "type": "JSON" }],
              "slots": 3
            }
            """
        ),
    ];

    public static (string Name, string Json)[] Key { get; } =
    [
        (
            "a program that submits, for a year",
            """
            {
              "name": "till 7",
              "tenant": "default",
              "roles": ["submitter", "viewer"],
              "expiresAt": "2027-11-28T00:00:00Z"
            }
            """
        ),
    ];

    public static (string Name, string Json)[] WebhookTest { get; } =
    [
        (
            "call a receiver",
            """
            {
              "callbackUrl": "https://hooks.example.org/blueedge",
              "callbackHeader": { "Authorization": "Bearer my-token" }
            }
            """
        ),
    ];

    public static (string Name, string Json)[] Workflow { get; } =
    [
        (
            "relay: three engines in a row",
            """
            {
              "dataChannels": [
                { "name": "Input", "type": "JSON", "interested": false },
                { "name": "First", "type": "JSON", "interested": false },
                { "name": "Second", "type": "JSON", "interested": false },
                { "name": "Final", "type": "JSON", "interested": true }
              ],
              "engines": [
                {
                  "id": "relay",
                  "name": "one",
                  "inputs": [{ "name": "In", "type": "JSON", "linkTo": "Input" }],
                  "outputs": [{ "name": "Out", "type": "JSON", "linkTo": "First" }]
                },
                {
                  "id": "relay",
                  "name": "two",
                  "inputs": [{ "name": "In", "type": "JSON", "linkTo": "First" }],
                  "outputs": [{ "name": "Out", "type": "JSON", "linkTo": "Second" }]
                },
                {
                  "id": "relay",
                  "name": "three",
                  "inputs": [{ "name": "In", "type": "JSON", "linkTo": "Second" }],
                  "outputs": [{ "name": "Out", "type": "JSON", "linkTo": "Final" }]
                }
              ],
              "startData": [
                { "channelName": "Input", "payload": { "number": 1 } },
                { "channelName": "Input", "payload": { "number": 2 } }
              ],
              "waitTimeSecond": 10
            }
            """
        ),
        (
            "delay: two at once, then stop or wait",
            """
            {
              "dataChannels": [
                { "name": "Seconds", "type": "JSON", "interested": false },
                { "name": "Results", "type": "JSON", "interested": true }
              ],
              "engines": [
                {
                  "id": "delay",
                  "name": "left",
                  "inputs": [{ "name": "Control", "type": "JSON", "linkTo": "Seconds" }],
                  "outputs": [{ "name": "Result", "type": "JSON", "linkTo": "Results" }]
                },
                {
                  "id": "delay",
                  "name": "right",
                  "inputs": [{ "name": "Control", "type": "JSON", "linkTo": "Seconds" }],
                  "outputs": [{ "name": "Result", "type": "JSON", "linkTo": "Results" }]
                }
              ],
              "startData": [{ "channelName": "Seconds", "payload": { "seconds": 5 } }],
              "waitTimeSecond": 0
            }
            """
        ),
    ];
}
