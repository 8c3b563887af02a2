namespace BlueEdge.Gateway.Auditing;

/// <summary>Says of a route that who knows the ids in it may use what they name: the audit has their first letters only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SecretIdsAttribute : Attribute;
