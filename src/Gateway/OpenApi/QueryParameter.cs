namespace BlueEdge.Gateway.OpenApi;

/// <summary>A parameter that a handler reads by itself, and so has to be described apart.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its JSON schema type.</param>
/// <param name="Description">What it does.</param>
internal sealed record QueryParameter(string Name, string Type, string Description);
