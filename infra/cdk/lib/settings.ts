/** What one may say of the stack: each of the template's parameters, under its name with a small first letter. */
export interface OpenSlotSettings {
  /** The address that letters come from. SES must know it, or its domain, as a verified identity of the account. */
  readonly senderAddress: string;

  /**
   * The name that letters come from, at most 100 characters.
   * @default "openslot"
   */
  readonly senderName?: string;

  /**
   * The verified identity, as SES lists it.
   * @default - the domain of the sender's address
   */
  readonly senderIdentity?: string;

  /**
   * A name of your own for the site, such as `meet.example.org`. Its DNS record is yours to make: it points at
   * `distribution.distributionDomainName`.
   * @default - the name that CloudFront gives
   */
  readonly domainName?: string;

  /**
   * The ARN of the ACM certificate of that name, from us-east-1.
   * @default - none; needed with `domainName`
   */
  readonly certificateArn?: string;

  /**
   * Origins of sites elsewhere that may call the API, such as `https://www.example.org`; exact, no wildcard.
   * @default - none
   */
  readonly allowedOrigins?: readonly string[];

  /**
   * Where CloudFront serves from; 100 is North America, Europe and Israel.
   * @default "PriceClass_100"
   */
  readonly priceClass?: "PriceClass_100" | "PriceClass_200" | "PriceClass_All";

  /**
   * The ARN of an AWS WAF web ACL (scope `CLOUDFRONT`, so from us-east-1) to put in front.
   * @default - none
   */
  readonly webAclArn?: string;

  /**
   * An OIDC issuer of your own for hosts, such as `https://login.example.org`, without a slash at its end.
   * @default - a Cognito user pool of the stack
   */
  readonly issuer?: string;

  /**
   * Whom that issuer's access tokens are for: their `aud`, or `client_id` if they have none.
   * @default - none; needed with `issuer`
   */
  readonly audience?: string;

  /**
   * Whether hosts have to sign in at the user pool with a second factor (TOTP), or may.
   * @default "ON"
   */
  readonly secondFactor?: "ON" | "OPTIONAL";

  /**
   * The ARN of an SNS topic that is told of alarms.
   * @default - none; alarms are seen in CloudWatch only
   */
  readonly alarmTopicArn?: string;

  /**
   * How much the functions log.
   * @default "info"
   */
  readonly logLevel?: "error" | "warn" | "info" | "debug" | "trace";

  /**
   * How long logs are kept, in days. CloudWatch knows certain numbers only, those of `aws_logs.RetentionDays`.
   * @default 30
   */
  readonly logRetentionDays?: number;

  /**
   * Whether functions send traces to AWS X-Ray by themselves, or only where who calls them asks for it.
   * @default "PassThrough"
   */
  readonly tracing?: "PassThrough" | "Active";

  /**
   * What the API lets through of each route, all clients together, in requests per second.
   * @default 200
   */
  readonly requestsPerSecond?: number;

  /**
   * The same for requests that book or change a booking, in requests per second.
   * @default 50
   */
  readonly bookingsPerSecond?: number;

  /**
   * Counts the secrets between CloudFront and the API: raise it by one to have a new one made.
   * @default 1
   */
  readonly originSecretRevision?: number;

  /**
   * Whose certificates the functions believe when they call AWS; `system` for all that Lambda's own bundle holds.
   * @default "amazon"
   */
  readonly tlsRoots?: "amazon" | "system";
}

export interface OpenSlotProps extends OpenSlotSettings {
  /**
   * The folder with one folder per function, each holding `bootstrap.zip`.
   * @default - `target/lambda` of this checkout, which `make package` fills
   */
  readonly packages?: string;
}
